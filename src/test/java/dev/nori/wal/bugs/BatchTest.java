package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.StillWorld;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bug 15: of a batch that a crash cut off, half came back. */
class BatchTest {
    private static final int BLOCK = 4096;
    private static final String SEGMENT = "0000000000.wal";
    private static final List<WalRecord> FIRST = Records.numbered(0, 3);
    private static final List<WalRecord> SECOND = Records.numbered(3, 8);

    private byte[] file = new byte[0];
    private int begin;
    private int end;

    /** What is left of the bytes behind a cut. */
    enum Rest {
        ZEROS {
            @Override
            void fill(byte[] bytes, int from, int to) {
                java.util.Arrays.fill(bytes, from, to, (byte) 0);
            }
        },
        GARBAGE {
            @Override
            void fill(byte[] bytes, int from, int to) {
                byte[] garbage = new byte[to - from];
                new SplittableRandom(from).nextBytes(garbage);
                System.arraycopy(garbage, 0, bytes, from, garbage.length);
            }
        };

        abstract void fill(byte[] bytes, int from, int to);
    }

    private static Wal open(SimDisk disk) {
        return Assembly.open(
                disk.storage(), SimulatedLog.config(Policy.OS).withoutPreallocation(), StillWorld.create());
    }

    /** Two batches, in the file and not durable. */
    @BeforeEach
    void write() throws Exception {
        SimDisk disk = new SimDisk();
        Wal wal = open(disk);
        wal.appendBatch(FIRST);
        Position last = wal.endPosition();
        wal.appendBatch(SECOND);
        wal.flush();
        begin = (int) (BLOCK + last.bytes());
        end = (int) (BLOCK + wal.endPosition().bytes());
        try (LogFile segment = disk.storage().open(SEGMENT, Storage.Access.READ);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(segment.size());
            segment.read(0, memory);
            file = memory.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static SimDisk diskWith(byte[] bytes) throws Exception {
        SimDisk disk = new SimDisk();
        try (LogFile segment = disk.storage().create(SEGMENT);
                Arena arena = Arena.ofConfined()) {
            segment.write(0, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes));
            segment.sync();
        }
        disk.storage().syncDirectory();
        return disk;
    }

    @ParameterizedTest
    @EnumSource
    void isGoneAsAWholeWhereverItIsCut(Rest rest) throws Exception {
        for (int cut = begin; cut <= end; cut++) {
            byte[] torn = file.clone();
            rest.fill(torn, cut, end);
            boolean whole = java.util.Arrays.equals(torn, file);
            try (Wal wal = open(diskWith(torn))) {
                int expected = whole ? 8 : 3;
                int found = Records.entries(wal).size();
                int at = cut;
                assertEquals(expected, found, () -> "cut at byte " + (at - begin) + " of " + (end - begin));
                Records.assertHolds(wal, expected);
                wal.append(Records.numbered(expected));
                Records.assertHolds(wal, expected + 1);
            }
        }
    }

    @Test
    void isThereAsAWhole() throws Exception {
        try (Wal wal = open(diskWith(file))) {
            List<LogEntry> entries = Records.entries(wal);
            Records.assertHolds(wal, 8);
            assertTrue(end - begin > 200, "worth cutting");
            assertEquals(entries, Records.entries(wal, Position.START));
        }
    }
}
