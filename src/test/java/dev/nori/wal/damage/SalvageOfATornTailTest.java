package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.SalvageReport;
import dev.nori.wal.Wal;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.sim.SimDisk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * A power cut has taken a sector out of the middle of what was not durable, and whole frames stand behind it. Opening cuts that off. If
 * something that was durable is damaged besides, salvage brings back what can be proved: the frames behind the lost sector, too, which nobody had
 * been promised.
 */
class SalvageOfATornTailTest {
    private static final int SEGMENTS = 4;
    private static final int RECORDS_NOT_DURABLE = 9;
    private static final int SECTOR_BYTES = 512;

    private final Image image;
    private final SmallLog log;
    private final String last;
    private final int durableRecords;
    private final int firstTorn;
    private final int end;

    SalvageOfATornTailTest() throws Exception {
        SimDisk disk = new SimDisk();
        Wal wal = SmallLog.open(disk.storage());
        int count = 0;
        while (wal.segments().size() < SEGMENTS) wal.append(record(count++));
        wal.sync();
        durableRecords = count;
        for (int i = 0; i < RECORDS_NOT_DURABLE; i++) wal.append(record(count++));
        wal.flush();
        List<LogEntry> entries = SmallLog.read(wal);
        disk.kill();
        image = Image.of(disk.storage()).without(Assembly.STAGE_NAME);
        log = new SmallLog(image, entries, Claims.of(image));
        last = lastBegun(image);
        SegmentHeader header = Claims.header(image.bytes(last));
        assertTrue(header != null && header.segmentId() == SEGMENTS - 1, last);
        firstTorn =
                (int) header.offsetOf(entries.get(durableRecords + 1).position().bytes());
        end = (int) header.offsetOf(entries.getLast().position().bytes()); // of the last record, which stays whole
        assertTrue(end - firstTorn > 4 * SECTOR_BYTES, "a tail of some sectors");
    }

    private static WalRecord record(int i) {
        byte[] value = new byte[280 + i % 3 * 40];
        Arrays.fill(value, (byte) (i + 1));
        return WalRecord.put(("record " + i).getBytes(StandardCharsets.US_ASCII), value);
    }

    private static String lastBegun(Image image) {
        return image.files().keySet().stream()
                .filter(name -> name.endsWith(".wal") && Claims.header(image.bytes(name)) != null)
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    /** Each sector lost that holds nothing of the first record of the tail, nor of its last one. */
    private void everyTear(BiConsumer<Image, String> examine) {
        int sector = (firstTorn + SECTOR_BYTES - 1) / SECTOR_BYTES;
        for (int from = sector * SECTOR_BYTES; from + SECTOR_BYTES <= end; from += SECTOR_BYTES) {
            examine.accept(zeroed(from), "torn at " + from);
        }
    }

    private Image zeroed(int from) {
        return image.changed(last, bytes -> {
            Arrays.fill(bytes, from, from + SECTOR_BYTES, (byte) 0);
            return bytes;
        });
    }

    private static Image flipped(Image image, int segment, int at) {
        return image.changed(SegmentName.of(segment), bytes -> {
            bytes[at] ^= 1;
            return bytes;
        });
    }

    private static void assertHolds(SalvageExamination examination, Map<String, Integer> verdicts) {
        assertEquals(List.of(), examination.findings());
        assertEquals(verdicts, examination.verdicts());
    }

    @Test
    void isNotNeededWhereNothingElseIsDamaged() {
        SalvageExamination examination = new SalvageExamination(log);
        everyTear((torn, what) -> {
            examination.examine(torn, what);
            List<LogEntry> back = SmallLog.read(SmallLog.open(new ImageStorage(torn)));
            assertEquals(log.entries().subList(0, back.size()), back);
            assertTrue(
                    back.size() > durableRecords && back.size() < log.entries().size(), back.size() + " records");
        });
        assertHolds(examination, Map.of());
    }

    @Test
    void bringsBackTrueRecordsOnlyWhereASealedSegmentIsDamagedToo() {
        SalvageExamination examination = new SalvageExamination(log);
        int[] tears = {0};
        everyTear((torn, what) -> {
            tears[0]++;
            for (int segment = 0; segment < 2; segment++) {
                for (int at : new int[] {5, 4300, 7000}) {
                    examination.examineSealed(
                            flipped(torn, segment, at), "%s, segment %d damaged at %d".formatted(what, segment, at));
                }
            }
        });
        assertHolds(examination, Map.of("Sealed", 6 * tears[0]));
        assertTrue(tears[0] >= 3, tears[0] + " sectors");
    }

    @Test
    void bringsBackTrueRecordsOnlyWhereASegmentIsMissingToo() {
        SalvageExamination examination = new SalvageExamination(log);
        int[] tears = {0};
        everyTear((torn, what) -> {
            tears[0]++;
            examination.examine(torn.without(SegmentName.of(0)), what + ", segment 0 removed");
            examination.examine(torn.without(SegmentName.of(1)), what + ", segment 1 removed");
        });
        assertHolds(examination, Map.of("Gap", 2 * tears[0]));
    }

    /** Nothing says how many records the lost sector held, nor that any of them had been durable. */
    @Test
    void saysNoNumbersBehindTheTearAndNoRecordsDurableThere() {
        everyTear((torn, what) -> {
            ImageAnnexes annexes = new ImageAnnexes();
            SalvageReport report = Assembly.salvage(new ImageStorage(flipped(torn, 0, 5000)), annexes);
            SalvageReport.Island island = report.islands().getLast();
            SalvageReport.Hole tear = report.holes().getLast();
            assertEquals(SalvageReport.UNKNOWN, island.firstSequence(), what);
            assertTrue(island.folder().contains("records-at-"), island.folder());
            assertEquals(last, tear.file(), what);
            assertEquals(SalvageReport.UNKNOWN, tear.nextSequence(), what);
            assertEquals(island.from(), tear.to(), what);
            assertTrue(!tear.what().contains("durable"), what + ": " + tear);
            assertTrue(tear.from().compareTo(new Position(log.durable())) >= 0, what + ": " + tear);
            LogEntry lastOne =
                    SmallLog.read(SmallLog.open(annexes.open(island.folder()))).getLast();
            assertEquals(log.entries().getLast().record(), lastOne.record(), what);
        });
    }
}
