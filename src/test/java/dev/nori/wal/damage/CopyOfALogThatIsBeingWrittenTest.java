package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.segment.ControlFile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files are copied one after the other while the log goes on: the control file, the stage, the segments from the last one to the first. */
class CopyOfALogThatIsBeingWrittenTest {
    private static final int MOMENTS = 9;
    private static final int RECORDS_PER_MOMENT = 9;

    private final List<Image> moments = new ArrayList<>();
    private List<LogEntry> entries = List.of();

    /** All records of a moment are durable but for the last one; a checkpoint stands behind them. */
    @BeforeEach
    void write() throws IoFailure {
        SimDisk disk = new SimDisk();
        Wal wal = SmallLog.open(disk.storage());
        for (int moment = 0; moment < MOMENTS; moment++) {
            for (int i = 1; i < RECORDS_PER_MOMENT; i++) append(wal);
            wal.sync();
            wal.checkpoint(wal.endPosition(), MemorySegment.ofArray(new byte[1]));
            append(wal);
            moments.add(Image.of(disk.storage()));
        }
        entries = SmallLog.read(wal);
        assertTrue(wal.segments().size() > 2, "all in one segment");
    }

    private static void append(Wal wal) {
        wal.append(WalRecord.put(new byte[] {1}, new byte[100]));
    }

    @Test
    void opensAndHoldsAllThatWasDurableWhenItWasBegun() {
        int copies = 0;
        for (int first = 0; first < MOMENTS; first++) {
            copies += copyOn(new TreeMap<>(), List.of(ControlFile.NAME, Assembly.STAGE_NAME), first, first);
        }
        assertTrue(copies > 100, copies + " copies");
    }

    /** Copies what is left at a moment and at every later one; segments are listed once it is their turn. */
    private int copyOn(Map<String, byte[]> files, List<String> left, int first, int now) {
        if (left.isEmpty() && !files.containsKey(SegmentName.of(0))) {
            return copyOn(files, segmentsFromTheLastOne(moments.get(now)), first, now);
        }
        if (left.isEmpty()) return assertOpens(new Image(files), first);
        int copies = 0;
        for (int moment = now; moment < MOMENTS; moment++) {
            Map<String, byte[]> copied = new TreeMap<>(files);
            copied.put(left.getFirst(), moments.get(moment).bytes(left.getFirst()));
            copies += copyOn(copied, left.subList(1, left.size()), first, moment);
        }
        return copies;
    }

    private static List<String> segmentsFromTheLastOne(Image image) {
        return image.files().keySet().stream()
                .filter(name -> name.endsWith(".wal"))
                .sorted(java.util.Comparator.reverseOrder())
                .toList();
    }

    private int assertOpens(Image copy, int first) {
        List<LogEntry> back = SmallLog.read(SmallLog.open(new ImageStorage(copy)));
        assertTrue(back.size() >= (first + 1) * RECORDS_PER_MOMENT - 1, () -> back.size() + " records");
        assertEquals(entries.subList(0, back.size()), back);
        return 1;
    }

    @Test
    void isRefusedWithAControlFileThatIsLaterThanTheSegments() {
        assertIsRefused(ControlFile.NAME);
    }

    @Test
    void isRefusedWithAStageThatIsLaterThanTheSegments() {
        assertIsRefused(Assembly.STAGE_NAME);
    }

    private void assertIsRefused(String latest) {
        Image copy = moments.getFirst().with(latest, moments.get(1).bytes(latest));
        WalException.Corrupt refused = assertThrows(WalException.Corrupt.class, () -> open(copy));
        assertInstanceOf(Verdict.DurableDataLost.class, refused.verdict());
    }

    @Test
    void isRefusedWithASegmentThatIsLaterThanTheOneBefore() {
        Image copy =
                moments.getLast().with(SegmentName.of(0), moments.getFirst().bytes(SegmentName.of(0)));
        Image withoutStage = copy.without(Assembly.STAGE_NAME);
        WalException.Corrupt refused = assertThrows(WalException.Corrupt.class, () -> open(withoutStage));
        assertInstanceOf(Verdict.Corrupt.class, refused.verdict());
    }

    private static Wal open(Image copy) {
        return SmallLog.open(new ImageStorage(copy));
    }
}
