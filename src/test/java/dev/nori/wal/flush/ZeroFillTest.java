package dev.nori.wal.flush;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.sim.SimDisk;
import org.junit.jupiter.api.Test;

class ZeroFillTest {
    private static final long MIB = 1 << 20;
    private static final long KIB = 1 << 10;
    private static final long LOG_END = 12_345;

    private final LogFile file;
    private final ZeroFill zeros;

    ZeroFillTest() throws IoFailure {
        file = new SimDisk().storage().create("file");
        zeros = new ZeroFill(file, 8 * MIB, 0, LOG_END);
    }

    @Test
    void beginsWithAMebibyteAtOnce() throws IoFailure {
        assertTrue(zeros.isDue(0, LOG_END));
        zeros.catchUp(0, LOG_END);
        assertEquals(MIB, file.size());
        assertFalse(zeros.isDue(0, LOG_END));
    }

    @Test
    void writesSixteenMebibytesASecondBesideALogThatRests() throws IoFailure {
        zeros.catchUp(0, LOG_END);
        assertFalse(zeros.isDue(ZeroFill.TICK_NANOS - 1, LOG_END));
        assertTrue(zeros.isDue(ZeroFill.TICK_NANOS, LOG_END));
        zeros.catchUp(ZeroFill.TICK_NANOS, LOG_END);
        assertEquals(MIB + 256 * KIB, file.size());
    }

    @Test
    void writesTwiceAsFastAsTheLogGrowsInWholeBlocks() throws IoFailure {
        zeros.catchUp(0, LOG_END);
        long grown = LOG_END + 200 * KIB + 1;
        assertTrue(zeros.isDue(0, grown));
        zeros.catchUp(0, grown);
        assertEquals(MIB + 400 * KIB, file.size());
    }

    @Test
    void doesNotWriteMoreThanAMebibyteAtATimeHoweverFarItLags() throws IoFailure {
        zeros.catchUp(0, LOG_END + 3 * MIB);
        assertEquals(MIB, file.size());
        assertTrue(zeros.isDue(0, LOG_END + 3 * MIB));
    }

    @Test
    void writesAMebibyteWithEachStepForSomebodyWhoWaits() throws IoFailure {
        for (int i = 1; i <= 8; i++) {
            assertFalse(zeros.isDone());
            zeros.hurry();
            assertEquals(i * MIB, file.size());
        }
        assertTrue(zeros.isDone());
    }

    @Test
    void endsWhereTheFileDoes() throws IoFailure {
        for (int i = 0; i < 8; i++) zeros.catchUp(Long.MAX_VALUE / 2, LOG_END);
        assertEquals(8 * MIB, file.size());
        assertTrue(zeros.isDone());
        assertFalse(zeros.isDue(Long.MAX_VALUE / 2, LOG_END));
    }
}
