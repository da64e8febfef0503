package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Retention;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrimmingTest extends EverySetting {
    private static final int VALUE_BYTES = 100_000; // ten in a segment
    private static final int RECORDS = 45;

    private static void fill(Wal wal, int from, int to) {
        for (int i = from; i < to; i++) wal.append(Records.sized(i, VALUE_BYTES));
    }

    private static Wal filled(Wal wal) {
        fill(wal, 0, RECORDS);
        wal.sync();
        return wal;
    }

    @Test
    void takesWholeSegmentsThatEndBeforeThePosition() {
        List<LogEntry> before;
        Position first;
        try (Wal wal = filled(open())) {
            before = Records.entries(wal);
            assertEquals(Position.START, wal.firstPosition());
            Position asked = before.get(25).position();
            first = wal.truncateBefore(asked);
            assertTrue(first.compareTo(asked) <= 0);
            assertEquals(first, wal.firstPosition());
            assertHoldsRest(wal, before, first);
            assertTrue(wal.truncateBefore(before.get(5).position()).equals(first), "nothing left to take");
            fill(wal, RECORDS, RECORDS + 5);
        }
        try (Wal wal = open()) {
            assertInstanceOf(Verdict.Clean.class, wal.recovery().verdict());
            assertEquals(first, wal.recovery().first());
            assertEquals(first, wal.firstPosition());
            List<LogEntry> after = Records.entries(wal, first);
            assertEquals(after.getFirst().sequence(), wal.recovery().firstSequence());
            assertEquals(after.size(), wal.recovery().records());
            assertEquals(RECORDS + 5, wal.recovery().nextSequence());
            assertEquals(
                    before.subList((int) after.getFirst().sequence(), RECORDS), after.subList(0, after.size() - 5));
        }
    }

    private static void assertHoldsRest(Wal wal, List<LogEntry> all, Position first) {
        List<LogEntry> rest = Records.entries(wal, first);
        int gone = all.size() - rest.size();
        assertTrue(gone >= 10 && gone <= 25, gone + " records are gone");
        assertEquals(all.subList(gone, all.size()), rest);
        WalException.Truncated told = assertThrows(
                WalException.Truncated.class,
                () -> wal.readFrom(all.get(gone - 1).position()));
        assertEquals(first, told.first());
    }

    @Test
    void neverTakesTheSegmentThatIsBeingFilled() {
        try (Wal wal = filled(open())) {
            Position first = wal.truncateBefore(wal.endPosition());
            assertEquals(1, wal.stats().segments());
            assertTrue(!Records.entries(wal, first).isEmpty());
        }
    }

    @Test
    void neverTakesWhatSomebodyReadsNorWhatLiesBehind() {
        try (Wal wal = filled(open())) {
            List<LogEntry> all = Records.entries(wal);
            try (WalReader reader = wal.readFrom(all.get(15).position())) {
                Position first = wal.truncateBefore(all.get(40).position());
                assertTrue(first.compareTo(all.get(15).position()) <= 0);
                assertTrue(first.compareTo(Position.START) > 0);
                fill(wal, RECORDS, RECORDS + 30); // would use what was recycled
                for (int i = 15; i < RECORDS; i++) {
                    assertEquals(all.get(i), Objects.requireNonNull(reader.poll()));
                }
            }
            Position first = wal.truncateBefore(all.get(40).position());
            assertTrue(first.compareTo(all.get(15).next()) > 0);
        }
    }

    @Test
    void refusesAPositionBeyondTheEnd() {
        try (Wal wal = filled(open())) {
            Position beyond = new Position(wal.endPosition().bytes() + 1);
            assertThrows(IllegalArgumentException.class, () -> wal.truncateBefore(beyond));
            assertEquals(Position.START, wal.firstPosition());
        }
    }

    @Test
    void keepsFilesAsSparesUpToACapAndUsesThemAgain() throws Exception {
        Wal wal = filled(open(config().withRetention(Retention.keepAll().withSpareSegments(1))));
        wal.truncateBefore(wal.endPosition());
        assertEquals(1, spares());
        long id = 4;
        assertFalse(Files.exists(Folders.segment(directory, 0)));
        fill(wal, RECORDS, RECORDS + 40);
        wal.sync();
        assertEquals(0, spares());
        List<LogEntry> entries = Records.entries(wal, wal.firstPosition());
        wal.close();
        for (int i = 0; i < 3; i++) {
            try (Wal again = open()) {
                assertInstanceOf(Verdict.Clean.class, again.recovery().verdict());
                assertEquals(entries, Records.entries(again, again.firstPosition()));
            }
        }
        assertTrue(Files.exists(Folders.segment(directory, id)));
    }

    private long spares() throws Exception {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".spare")).count();
        }
    }

    @Test
    void happensByItselfBeyondTheBytesThatAreToBeKept() {
        long keep = 2 << 20;
        try (Wal wal = open(config().withRetention(Retention.keepAll().withBytes(keep)))) {
            for (int round = 0; round < 10; round++) {
                fill(wal, 10 * round, 10 * round + 10);
                wal.sync();
            }
            awaitTrimmed(wal, 40);
            long kept = wal.endPosition().bytes() - wal.firstPosition().bytes();
            assertTrue(kept >= keep, kept + " bytes are left");
        }
    }

    private static void awaitTrimmed(Wal wal, int records) {
        int round = 100;
        while (true) {
            if (wal.firstSequence() >= records) return;
            fill(wal, round, round + 10); // the next segment that is sealed takes more
            wal.sync();
            round += 10;
            assertTrue(round < 2000, "nothing is trimmed");
        }
    }

    @Test
    void refusesToOpenIfTheFrontIsMissingWithoutHavingBeenTrimmed() throws Exception {
        filled(open()).close();
        Files.delete(Folders.segment(directory, 0));
        WalException.Corrupt told = assertThrows(WalException.Corrupt.class, () -> open().close());
        assertEquals(0, told.segment());
    }

    @Test
    void refusesToOpenIfATrimmedLogLostItsControlFile() throws Exception {
        for (boolean stage : new boolean[] {true, false}) {
            directory = home.resolve("lost" + stage);
            try (Wal wal = filled(open())) {
                wal.truncateBefore(wal.endPosition());
            }
            Files.delete(directory.resolve("CONTROL"));
            if (!stage) Files.delete(directory.resolve("STAGE"));
            assertThrows(WalException.Corrupt.class, () -> open().close());
        }
    }
}
