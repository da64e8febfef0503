package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.Position;
import dev.nori.wal.VerifyFinding;
import dev.nori.wal.VerifyOptions;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifyingTest extends EveryEngine {
    private static final int RECORD_BYTES = 900;

    private List<Position> fill(int records) {
        try (Wal wal = open()) {
            List<Position> positions = new ArrayList<>();
            for (int i = 0; i < records; i++) positions.add(wal.append(record(i)));
            return positions;
        }
    }

    private static WalRecord record(int i) {
        byte[] value = new byte[RECORD_BYTES];
        new SplittableRandom(i).nextBytes(value);
        if (i % 10 != 3) return WalRecord.put(new byte[] {1, 2}, value);
        Arrays.fill(value, 0, 600, (byte) i);
        return WalRecord.put(new byte[] {3}, value).compressed(i % 20 == 3 ? Compression.LZ4 : Compression.ZSTD);
    }

    @Test
    void countsAllRecordsOfALogOfManySegmentsAndChangesNothing() throws IOException {
        fill(5000);
        var before = Folders.contents(directory);
        AtomicLong told = new AtomicLong();
        VerifyReport report = Wal.verify(
                directory, VerifyOptions.defaults().withParallelism(3).withProgress((done, total) -> {
                    assertTrue(done >= told.get() && total >= done, () -> done + " of " + total);
                    told.set(done);
                }));
        assertEquals(List.of(), report.findings());
        assertEquals(5000, report.records());
        assertEquals(5000, report.nextSequence());
        assertEquals(VerifyReport.Ending.CLOSED, report.ending());
        assertEquals(0, report.valuesNotDecoded());
        assertTrue(report.segments() > 3, report.segments() + " segments");
        assertTrue(report.bytes() > 4_000_000, report.bytes() + " bytes");
        assertEquals(report.bytes(), told.get(), "what was told");
        Folders.assertUntouched(before, directory);
    }

    @Test
    void namesTheRecordThatIsDamagedInASealedSegment() throws IOException {
        List<Position> positions = fill(3000);
        Folders.flip(Folders.segment(directory, 0), 4096 + positions.get(100).bytes() + 40);
        VerifyReport report = Wal.verify(directory);
        assertEquals(1, report.findings().size(), report.findings()::toString);
        var finding = assertInstanceOf(
                VerifyFinding.DamagedFrames.class, report.findings().getFirst());
        assertEquals(0, finding.place().segment().orElseThrow());
        assertEquals(4096 + positions.get(100).bytes(), finding.place().offsetBytes());
        assertEquals(
                Optional.of(new VerifyFinding.Range(100, 101)), finding.place().sequences());
        assertEquals(2999, report.records());
    }

    @Test
    void countsTheRecordsThatAreLostWithASector() throws IOException {
        List<Position> positions = fill(3000);
        long offset = 4096 + positions.get(200).bytes() + 8;
        Folders.overwrite(Folders.segment(directory, 0), offset, new byte[2048]);
        VerifyReport report = Wal.verify(directory);
        assertEquals(1, report.findings().size(), report.findings()::toString);
        long gone =
                report.findings().getFirst().place().sequences().orElseThrow().to() - 200;
        assertEquals(3000 - gone, report.records());
        assertTrue(gone >= 2 && gone <= 4, gone + " records");
    }

    @Test
    void keepsAThousandFindingsAndCountsTheRest() throws IOException {
        List<Position> positions = fill(5000);
        for (int i = 0; i < 5000; i += 2) {
            Position at = positions.get(i);
            if (at.bytes() < 900_000) Folders.flip(Folders.segment(directory, 0), 4096 + at.bytes() + 30);
        }
        VerifyReport few = Wal.verify(directory);
        assertTrue(few.findings().size() > 400, few.findings().size() + " findings");
        assertEquals(0, few.findingsLeftOut());
        damageEveryRecordOfEverySegment(positions);
        VerifyReport many = Wal.verify(directory);
        assertTrue(
                many.findings().size() <= 1000 + many.segments() + 1,
                many.findings().size() + " findings");
        assertTrue(many.findingsLeftOut() > 500, many.findingsLeftOut() + " left out");
    }

    private void damageEveryRecordOfEverySegment(List<Position> positions) throws IOException {
        try (Wal wal = open()) {
            var segments = wal.segments();
            for (int i = 1; i < positions.size(); i += 2) {
                long at = positions.get(i).bytes();
                for (var segment : segments) {
                    boolean within =
                            segment.base().bytes() <= at && at < segment.end().bytes();
                    if (within && segment.sealed()) {
                        Folders.flip(
                                Folders.segment(directory, segment.id()),
                                4096 + at - segment.base().bytes() + 30);
                    }
                }
            }
        }
    }

    @Test
    void findsNothingWhileOthersAppendTrimAndCut() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        try (Wal wal = open()) {
            Thread writer = Thread.ofPlatform().start(() -> write(wal, done));
            long records = 0;
            for (int i = 0; i < 12; i++) {
                VerifyReport report = Wal.verify(directory);
                records = Math.max(records, report.records());
                assertEquals(List.of(), report.findings(), "verification " + i);
            }
            done.set(true);
            writer.join();
            assertTrue(records > 100, records + " records were seen");
        }
        assertEquals(List.of(), Wal.verify(directory).findings());
    }

    private static void write(Wal wal, AtomicBoolean done) {
        for (int i = 0; !done.get(); i++) {
            Position at = wal.append(record(i));
            if (i % 4000 == 3999)
                wal.truncateBefore(wal.positionOf(Math.max(wal.firstSequence(), wal.nextSequence() - 2000)));
            if (i % 5000 == 4999) wal.truncateAfter(at);
        }
    }

    @Test
    void takesADirectoryWithoutALogForNoLogAndCreatesNothing() {
        assertThrows(WalException.CannotOpen.class, () -> Wal.verify(directory));
        assertTrue(Files.notExists(directory));
        WalException none = assertThrows(WalException.CannotOpen.class, () -> Wal.verify(home));
        assertTrue(String.valueOf(none.getMessage()).contains("holds no log"), none.getMessage());
    }

    @Test
    void endsWithWhatItsListenerThrows() {
        fill(3000);
        VerifyOptions options = VerifyOptions.defaults().withProgress((doneBytes, total) -> {
            throw new IllegalStateException("enough");
        });
        assertEquals(
                "enough",
                assertThrows(IllegalStateException.class, () -> Wal.verify(directory, options))
                        .getMessage());
    }
}
