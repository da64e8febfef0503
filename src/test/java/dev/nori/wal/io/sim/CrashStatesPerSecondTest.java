package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage.Access;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Explores every legal image of a small log at every moment and prints how fast that was. The log is the
 * simplest there is: 361 records of length, CRC32C and 173 bytes in a file of 64 KiB, a sync after every eighth.
 */
class CrashStatesPerSecondTest {
    private static final int RECORDS = 361;
    private static final int PAYLOAD_BYTES = 173;
    private static final int RECORD_BYTES = 8 + PAYLOAD_BYTES;
    private static final int RECORDS_PER_SYNC = 8;
    private static final long STATES_PER_POINT = 4096;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final MemorySegment buffer = Arena.ofAuto().allocate(65536);
    private final byte[] payload = new byte[PAYLOAD_BYTES];
    private final CRC32C crc = new CRC32C();

    @Test
    void keepsWhatWasSyncedInEveryStateOfALogOf64KiB() throws IoFailure {
        SimDisk disk = write(65536);
        explore(disk);
        long begin = System.nanoTime();
        long states = explore(disk);
        double seconds = (System.nanoTime() - begin) / 1e9;

        System.out.printf(
                "simulated disk, 64 KiB, %d records, sync every %d, one thread: %,d states recovered, %,.0f states/s%n",
                RECORDS, RECORDS_PER_SYNC, states, states / seconds);
        assertTrue(states > RECORDS, "explored " + states + " states");
    }

    @Test
    void copiesAnEmptyMebibyteForNextToNothing() throws IoFailure {
        SimDisk disk = new SimDisk();
        SimFile file = disk.storage().create("log");
        file.allocate(1 << 20);
        file.sync();
        disk.storage().syncDirectory();
        file.write(0, Sectors.of("abcdefghijkl"));
        CrashStates states = disk.journal().last().powerCuts(4096, 1);
        for (int warm = 0; warm < 20; warm++) states.forEach(SimDisk::storage);
        long begin = System.nanoTime();
        for (int round = 0; round < 20; round++) states.forEach(SimDisk::storage);
        double seconds = (System.nanoTime() - begin) / 1e9;

        System.out.printf("simulated disk, 1 MiB: %,.0f images/s%n", 20 * states.count() / seconds);
        assertTrue(states.exhaustive(), "4096 states are all there are");
    }

    private SimDisk write(long sizeBytes) throws IoFailure {
        SimDisk disk = new SimDisk();
        SimFile file = disk.storage().create("log");
        file.allocate(sizeBytes);
        file.sync();
        disk.storage().syncDirectory();
        disk.note(0);
        disk.journal().restart();
        for (int i = 0; i < RECORDS; i++) {
            file.write((long) i * RECORD_BYTES, encode(i));
            if ((i + 1) % RECORDS_PER_SYNC != 0) continue;
            file.sync();
            disk.note(i + 1);
        }
        return disk;
    }

    private long explore(SimDisk disk) throws IoFailure {
        long states = 0;
        for (CrashPoint point : disk.journal().points()) {
            int durable = point.lastNote(Integer.class).orElse(0);
            CrashStates images = point.powerCuts(STATES_PER_POINT, 1);
            for (long i = 0; i < images.count(); i++) {
                int recovered = recover(images.disk(i));
                if (recovered < durable)
                    throw new AssertionError(recovered + " < " + durable + ": " + images.describe(i));
            }
            states += images.count();
        }
        return states;
    }

    private int recover(SimDisk disk) throws IoFailure {
        try (LogFile file = disk.storage().open("log", Access.READ)) {
            long length = file.read(0, buffer);
            int records = 0;
            while ((records + 1L) * RECORD_BYTES <= length && isIntact(records)) records++;
            return records;
        }
    }

    private boolean isIntact(int record) {
        long at = (long) record * RECORD_BYTES;
        if (buffer.get(INT, at) != PAYLOAD_BYTES) return false;
        crc.reset();
        crc.update(buffer.asSlice(at + 8, PAYLOAD_BYTES).asByteBuffer());
        return buffer.get(INT, at + 4) == (int) crc.getValue();
    }

    private MemorySegment encode(int record) {
        new SplittableRandom(record).nextBytes(payload);
        crc.reset();
        crc.update(payload);
        MemorySegment bytes = Arena.ofAuto().allocate(RECORD_BYTES);
        bytes.set(INT, 0, PAYLOAD_BYTES);
        bytes.set(INT, 4, (int) crc.getValue());
        MemorySegment.copy(payload, 0, bytes, ValueLayout.JAVA_BYTE, 8, PAYLOAD_BYTES);
        return bytes;
    }
}
