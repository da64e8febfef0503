package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import dev.nori.wal.io.contract.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What appends leave to the collector, in bytes that the appending thread allocates. */
class GarbageTest extends EverySetting {
    private static final int VALUE_BYTES = 128;

    private final byte[] key = Records.key(1);
    private final byte[] value = new byte[VALUE_BYTES];
    private Position last = Position.START; // kept, or the compiler does without it

    @Test
    void isNothingForArraysBuffersAndSegments() {
        try (Wal wal = openLarge();
                Arena arena = Arena.ofConfined()) {
            WalAppender appender = wal.appender();
            ByteBuffer keyBuffer = ByteBuffer.wrap(key);
            ByteBuffer valueBuffer = ByteBuffer.allocateDirect(VALUE_BYTES);
            MemorySegment keySegment = MemorySegment.ofArray(key);
            MemorySegment valueSegment = arena.allocate(VALUE_BYTES);
            assertNothing("arrays", () -> appender.put(key, value));
            assertNothing("buffers", () -> appender.put(keyBuffer, valueBuffer));
            assertNothing("segments", () -> appender.put(keySegment, valueSegment));
            assertNothing("removals", () -> appender.delete(key));
            assertNothing("with everything", () -> appender.ttl(5).version(1, 2).put(key, value));
        }
    }

    /** So that the test above can fail. */
    @Test
    void isSeenForARecord() {
        try (Wal wal = openLarge()) {
            WalRecord record = WalRecord.put(key, value);
            double bytes = bytesPerAppend(() -> last = wal.append(record));
            assertTrue(last.bytes() > 0);
            assertTrue(bytes >= 16, () -> "a position was made, and yet " + bytes + " B per append");
        }
    }

    private Wal openLarge() {
        return open(config().withMaxSegmentBytes(WalConfig.defaults().maxSegmentBytes()));
    }

    private void assertNothing(String what, Runnable append) {
        double bytes = bytesPerAppend(append);
        System.out.printf("garbage %s %s: %.3f B per append%n", setting, what, bytes);
        assertTrue(bytes < most(), () -> "%s: %.2f B per append".formatted(what, bytes));
    }

    /**
     * An entry of the segment's index, for every 64 KiB. Under {@code Always} the caller does the writing himself: until it is compiled a system
     * call makes an object, and NIO makes several for each write, whoever calls it.
     */
    private double most() {
        if (setting.policy() != Policy.ALWAYS) return 0.5;
        return setting.engine() == Engine.NIO ? 400 : 60;
    }

    private double bytesPerAppend(Runnable append) {
        int appends = setting.policy() == Policy.ALWAYS ? 60 : 20_000;
        for (int i = 0; i < appends; i++) append.run();
        long before = AllocatedBytes.now();
        for (int i = 0; i < appends; i++) append.run();
        return 1.0 * (AllocatedBytes.now() - before) / appends;
    }
}
