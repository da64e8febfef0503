package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Verdict;
import dev.nori.wal.VerifyFinding;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.SimDisk;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last segment is put back as it was earlier, whole in itself: a backup of one file. */
class OlderCopyOfTheLastSegmentTest {
    private static final String LAST = SegmentName.of(0);
    private static final int EARLIER = 3;
    private static final int LATER = 7;

    private final SimDisk disk = new SimDisk();
    private List<LogEntry> entries = List.of();

    /** A log that was synced, copied, went on and was closed. */
    private Image log(boolean withCheckpoint) throws IoFailure {
        Wal wal = SmallLog.open(disk.storage());
        append(wal, 0, EARLIER);
        wal.sync();
        Image earlier = Image.of(disk.storage());
        append(wal, EARLIER, LATER);
        entries = SmallLog.read(wal);
        if (withCheckpoint) wal.checkpoint(entries.get(EARLIER + 1).position(), MemorySegment.ofArray(new byte[1]));
        wal.close();
        return Image.of(disk.storage()).with(LAST, earlier.bytes(LAST));
    }

    private static void append(Wal wal, int from, int to) {
        for (int i = from; i < to; i++) wal.append(WalRecord.put(new byte[] {(byte) i}, new byte[100]));
    }

    private Verdict.DurableDataLost refusal(Image image) {
        WalException.Corrupt refused =
                assertThrows(WalException.Corrupt.class, () -> SmallLog.open(new ImageStorage(image)));
        Verdict.DurableDataLost lost = (Verdict.DurableDataLost) refused.verdict();
        assertEquals(LAST, lost.file());
        assertEquals(EARLIER, lost.lost().firstSequence());
        VerifyReport verified = VerifiedDamageTest.verify(new ImageStorage(image));
        assertTrue(
                verified.findings().stream().anyMatch(finding -> finding instanceof VerifyFinding.DamagedFrames),
                () -> verified.findings().toString());
        return lost;
    }

    @Test
    void isNoticedByTheStage() throws Exception {
        refusal(log(false));
    }

    @Test
    void isNoticedByACheckpointBehindItsEndWithoutTheStage() throws Exception {
        Verdict.DurableDataLost lost = refusal(log(true).without(Assembly.STAGE_NAME));
        assertEquals(entries.get(EARLIER + 1).position(), lost.lost().to());
    }

    /** Without the stage, and with no checkpoint behind its end, it is the log as it was: nothing in it says that there was more. */
    @Test
    void isTheLogAsItWasWhereNothingSaysThatThereWasMore() throws Exception {
        ImageStorage storage = new ImageStorage(log(false).without(Assembly.STAGE_NAME));
        Wal wal = SmallLog.open(storage);
        assertTrue(
                wal.recovery().verdict() instanceof Verdict.TornTail,
                wal.recovery().toString());
        assertEquals(entries.subList(0, EARLIER), SmallLog.read(wal));
        append(wal, 100, 102);
        wal.close();
        List<LogEntry> goneOn = SmallLog.read(SmallLog.open(storage));
        assertEquals(EARLIER + 2, goneOn.size());
        assertEquals(entries.subList(0, EARLIER), goneOn.subList(0, EARLIER));
        assertEquals(100, goneOn.getLast().record().key().get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0) - 1);
    }
}
