package dev.nori.wal.bench.bare;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.ThreadKind;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class GroupTest {
    private static final int RECORD_BYTES = 64;
    private static final long FILE_BYTES = 16 << 20;
    private static final int THREADS = 8;
    private static final int EACH = 50;

    @Test
    void writesEveryRecordOnce(@TempDir Path folder) throws Exception {
        try (BareFile file = WrittenFile.create(folder.resolve("file"), FILE_BYTES, BareFile.Cache.BUFFERED)) {
            Group group = new Group(file, FILE_BYTES, SyncBy.FDATASYNC, THREADS, RECORD_BYTES);
            AtomicLong numbers = new AtomicLong();
            new Crowd(THREADS, ThreadKind.PLATFORM).run(Duration.ofMillis(1), whistle -> {
                for (int i = 0; i < EACH; i++) group.append(record(numbers.incrementAndGet()));
                return EACH;
            });
            assertEquals(THREADS * EACH, group.durable());
            assertEquals(THREADS * EACH, numbersIn(file).size());
        }
    }

    private static byte[] record(long number) {
        return ByteBuffer.allocate(RECORD_BYTES).putLong(number).array();
    }

    private static Set<Long> numbersIn(BareFile file) throws Exception {
        MemorySegment all = BareFile.aligned((long) THREADS * EACH * RECORD_BYTES);
        file.read(all, 0);
        Set<Long> numbers = new HashSet<>();
        for (long at = 0; at < all.byteSize(); at += RECORD_BYTES) {
            numbers.add(Long.reverseBytes(all.get(JAVA_LONG_UNALIGNED, at)));
        }
        return numbers;
    }
}
