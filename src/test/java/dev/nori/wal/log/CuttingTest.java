package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import dev.nori.wal.WalTail;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code truncateAfter} and {@code reset}: the rooms of a running log are exchanged. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CuttingTest extends EverySetting {
    private static final int VALUE_BYTES = 100_000; // ten in a segment
    private static final int RECORDS = 35;

    private static void fill(Wal wal, int from, int to) {
        for (int i = from; i < to; i++) wal.append(Records.sized(i, VALUE_BYTES));
    }

    private static List<WalRecord> sized(int from, int to) {
        List<WalRecord> records = new ArrayList<>();
        for (int i = from; i < to; i++) records.add(Records.sized(i, VALUE_BYTES));
        return records;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 25, 34})
    void leavesWhatLiesBeforeAndGoesOnThere(int kept) throws Exception {
        List<WalRecord> expected = sized(0, kept);
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            List<LogEntry> all = Records.entries(wal);
            wal.truncateAfter(all.get(kept).position());
            Records.assertHolds(wal, expected);
            fill(wal, 100, 103);
            expected.addAll(sized(100, 103));
            Records.assertHolds(wal, expected);
            assertEquals(RECORDS + 3, wal.stats().records());
            wal.sync();
            try (Wal copy = open(Folders.copy(directory, home.resolve("copy")))) {
                Records.assertHolds(copy, expected);
            }
        }
        try (Wal wal = open()) {
            assertInstanceOf(Verdict.Clean.class, wal.recovery().verdict());
            Records.assertHolds(wal, expected);
        }
    }

    private Wal open(java.nio.file.Path folder) {
        return setting.open(folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 34})
    void cutsAlsoAtTheEndOfARecord(int kept) {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            wal.truncateAfter(Records.entries(wal).get(kept - 1).next());
            Records.assertHolds(wal, sized(0, kept));
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, sized(0, kept));
        }
    }

    @Test
    void leavesNothingOfItToAKilledProcess() throws Exception {
        try (Wal wal = open()) {
            Records.append(wal, 0, 50);
            Position cut = Records.entries(wal).get(20).position();
            wal.truncateAfter(cut);
            try (Wal copy = open(Folders.copy(directory, home.resolve("copy")))) {
                Records.assertHolds(copy, 20);
                assertEquals(0, copy.recovery().recordsFromStage());
            }
        }
    }

    @Test
    void takesNothingAtTheEnd() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 5);
            wal.truncateAfter(wal.endPosition());
            Records.assertHolds(wal, 5);
            assertTrue(wal.durablePosition().compareTo(wal.positionOf(4)) > 0, "what is left is durable");
        }
    }

    @Test
    void refusesAPlaceWhereNoRecordStartsOrEnds() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 3);
            List<Position> batch = wal.appendBatch(Records.numbered(3, 6));
            Position within =
                    new Position(Records.entries(wal).get(1).position().bytes() + 8);
            Position beyond = new Position(wal.endPosition().bytes() + 8);
            for (Position wrong : List.of(within, beyond, batch.get(1))) {
                assertThrows(IllegalArgumentException.class, () -> wal.truncateAfter(wrong));
            }
            Records.assertHolds(wal, 6);
            wal.truncateAfter(Records.entries(wal).get(3).position());
            Records.assertHolds(wal, 3);
        }
    }

    @Test
    void refusesWhatWasTrimmedAway() {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            Position trimmed = Records.entries(wal).get(3).position();
            wal.sync();
            Position first = wal.truncateBefore(wal.endPosition());
            WalException.Truncated told = assertThrows(WalException.Truncated.class, () -> wal.truncateAfter(trimmed));
            assertEquals(first, told.first());
            wal.truncateAfter(Records.entries(wal, first).get(1).position());
            assertEquals(1, Records.entries(wal, first).size());
            wal.truncateAfter(first);
            assertEquals(List.of(), Records.entries(wal, wal.firstPosition()));
            fill(wal, 0, 3);
            assertEquals(3, Records.entries(wal, wal.firstPosition()).size());
        }
        try (Wal wal = open()) {
            assertEquals(3, wal.recovery().records());
        }
    }

    @Test
    void tellsReadersBeyondAndLetsTheOthersGoOn() {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            List<LogEntry> all = Records.entries(wal);
            try (WalReader before = wal.readFrom(all.get(3).position());
                    WalReader at = wal.readFrom(all.get(20).position());
                    WalReader beyond = wal.readFrom(all.get(22).position())) {
                assertEquals(all.get(3), before.poll());
                wal.truncateAfter(all.get(20).position());
                fill(wal, 200, 215); // grows past where they were
                for (int i = 0; i < 2; i++) {
                    WalException.Truncated told = assertThrows(WalException.Truncated.class, beyond::poll);
                    assertTrue(told.first().compareTo(wal.endPosition()) <= 0);
                    assertEquals(all.get(22).position(), beyond.position());
                }
                for (int i = 4; i < 20; i++) assertEquals(all.get(i), before.poll());
                for (int i = 200; i < 215; i++) {
                    assertEquals(
                            Records.sized(i, VALUE_BYTES),
                            Objects.requireNonNull(before.poll()).record());
                    assertEquals(
                            Records.sized(i, VALUE_BYTES),
                            Objects.requireNonNull(at.poll()).record());
                }
                assertNull(at.poll());
            }
        }
    }

    @Test
    void tellsWhoLostItsPlaceWhereToGoOnWithoutMissingAnything() {
        try (Wal wal = open()) {
            List<Position> positions = Records.append(wal, 0, 10);
            try (WalReader reader = wal.readFrom(positions.get(9))) {
                wal.truncateAfter(positions.get(7));
                Records.append(wal, 20, 22);
                wal.truncateAfter(positions.get(5)); // before the reader looked
                Records.append(wal, 30, 33);
                WalException.Truncated told = assertThrows(WalException.Truncated.class, reader::poll);
                assertEquals(
                        Records.numbered(30, 33),
                        Records.entries(wal, told.first()).stream()
                                .map(LogEntry::record)
                                .toList());
            }
        }
    }

    /** What is appended next fits into the segment before, and goes there unless that was sealed already. */
    @Test
    void letsReadersGoOnWhereASegmentIsCutOffWhole() {
        try (Wal wal = open()) {
            fill(wal, 0, 11);
            Position base = wal.segments().get(1).base();
            try (WalReader at = wal.readFrom(base);
                    WalReader beyond = wal.readFrom(wal.endPosition())) {
                wal.truncateAfter(base);
                List<Position> positions = Records.append(wal, 0, 3);
                for (int i = 0; i < 3; i++) {
                    assertEquals(
                            Records.numbered(i),
                            Objects.requireNonNull(at.poll()).record());
                }
                WalException.Truncated told = assertThrows(WalException.Truncated.class, beyond::poll);
                assertEquals(positions, positions(Records.entries(wal, told.first())));
            }
        }
    }

    @Test
    void letsReadersGoOnWhereTheLogBeginsOnceAllBeforeTheirSegmentIsTrimmed() throws Exception {
        try (Wal wal = open()) {
            fill(wal, 0, 11);
            while (!wal.segments().getFirst().sealed()) Thread.sleep(1);
            Position base = wal.segments().get(1).base();
            try (WalReader reader = wal.readFrom(base)) {
                wal.truncateAfter(base); // puts the reader back to where the segment before ends
                assertEquals(base, wal.truncateBefore(wal.endPosition()));
                assertNull(reader.poll());
                wal.append(Records.numbered(7));
                assertEquals(
                        Records.numbered(7),
                        Objects.requireNonNull(reader.poll()).record());
            }
        }
    }

    private static List<Position> positions(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::position).toList();
    }

    @Test
    void letsWhoStandsBeforeABatchGoOnWhenItIsCut() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 3);
            Position batch = wal.appendBatch(Records.numbered(3, 6)).getFirst();
            try (WalReader reader = wal.readFrom(batch)) {
                wal.truncateAfter(batch);
                assertNull(reader.poll());
                wal.append(Records.numbered(7));
                assertEquals(
                        Records.numbered(7),
                        Objects.requireNonNull(reader.poll()).record());
            }
        }
    }

    @Test
    void makesConcurrentAppendsWaitAndGoBehindIt() throws Exception {
        try (Wal wal = open()) {
            Records.append(wal, 0, 100);
            Position cut = Records.entries(wal).get(50).position();
            AtomicInteger next = new AtomicInteger();
            AtomicInteger rounds = new AtomicInteger(20);
            List<Thread> threads = new ArrayList<>();
            List<Throwable> wrong = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        while (rounds.get() > 0) {
                            wal.append(Records.numbered(1000 + next.incrementAndGet()));
                            wal.appendAsync(Records.numbered(1000 + next.incrementAndGet()))
                                    .join();
                        }
                    } catch (RuntimeException e) {
                        synchronized (wrong) {
                            wrong.add(e);
                        }
                    }
                }));
            }
            try {
                while (rounds.decrementAndGet() > 0) {
                    wal.truncateAfter(cut);
                    List<LogEntry> entries = entriesUpTo(wal, wal.endPosition());
                    Records.assertConsistent(entries, 0);
                    assertTrue(entries.size() >= 50);
                }
            } finally {
                rounds.set(0);
            }
            for (Thread thread : threads) thread.join();
            assertEquals(List.of(), wrong);
            Position last = wal.append(Records.numbered(7));
            List<LogEntry> entries = Records.entries(wal);
            Records.assertConsistent(entries, 0);
            assertEquals(last, entries.getLast().position());
            for (int i = 0; i < 50; i++)
                assertEquals(Records.numbered(i), entries.get(i).record());
        }
    }

    /** Appends go on meanwhile, faster than a reader may be. */
    private static List<LogEntry> entriesUpTo(Wal wal, Position end) {
        List<LogEntry> entries = new ArrayList<>();
        try (WalReader reader = wal.readFrom(Position.START)) {
            while (reader.position().compareTo(end) < 0) {
                LogEntry entry = reader.poll();
                if (entry == null) break; // what is left is marks
                entries.add(entry);
            }
        }
        return entries;
    }

    @Test
    void completesTheFuturesOfWhatItCuts() throws Exception {
        try (Wal wal = open()) {
            Position start = wal.append(Records.numbered(0));
            List<CompletableFuture<Position>> futures = new ArrayList<>();
            for (int i = 1; i < 50; i++) futures.add(wal.appendAsync(Records.numbered(i)));
            wal.truncateAfter(start);
            for (CompletableFuture<Position> future : futures) {
                assertTrue(future.get(30, java.util.concurrent.TimeUnit.SECONDS).compareTo(start) > 0);
            }
            assertEquals(List.of(), Records.entries(wal));
        }
    }

    @Test
    void mayBeAskedForInACallback() throws Exception {
        try (Wal wal = open()) {
            Position start = wal.append(Records.numbered(0));
            wal.appendAsync(Records.numbered(1))
                    .thenRunAsync(
                            () -> {
                                wal.truncateAfter(start);
                                wal.append(Records.numbered(2));
                            },
                            Runnable::run)
                    .get(60, java.util.concurrent.TimeUnit.SECONDS);
            assertEquals(List.of(Records.numbered(2)), Records.records(wal));
        }
    }

    @Test
    void wakesATailThatGoesOnBehindIt() throws Exception {
        try (Wal wal = open()) {
            List<Position> positions = Records.append(wal, 0, 10);
            wal.sync();
            try (WalTail tail = wal.tail(positions.get(4));
                    WalTail beyond = wal.tail(wal.endPosition())) {
                for (int i = 4; i < 6; i++)
                    assertEquals(Records.numbered(i), tail.take().record());
                CompletableFuture<LogEntry> next = new CompletableFuture<>();
                CompletableFuture<LogEntry> lost = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> take(beyond, lost));
                wal.truncateAfter(positions.get(6));
                Thread.ofVirtual().start(() -> take(tail, next));
                wal.append(Records.numbered(77));
                assertEquals(
                        Records.numbered(77),
                        next.get(60, java.util.concurrent.TimeUnit.SECONDS).record());
                var told = assertThrows(
                        java.util.concurrent.ExecutionException.class,
                        () -> lost.get(60, java.util.concurrent.TimeUnit.SECONDS));
                assertInstanceOf(WalException.Truncated.class, told.getCause());
            }
        }
    }

    private static void take(WalTail tail, CompletableFuture<LogEntry> taken) {
        try {
            taken.complete(tail.take());
        } catch (InterruptedException | RuntimeException e) {
            taken.completeExceptionally(e);
        }
    }

    @Test
    void letsAnAppenderGoOnBehindIt() {
        try (Wal wal = open()) {
            WalAppender appender = wal.appender();
            long first = appender.put(Records.key(0), Records.key(1));
            wal.truncateAfter(new Position(first));
            long second = appender.put(Records.key(2), Records.key(3));
            assertEquals(
                    List.of(new Position(second)),
                    Records.entries(wal).stream().map(LogEntry::position).toList());
        }
    }

    @Test
    void dropsACheckpointBeyondIt() {
        try (Wal wal = open()) {
            List<Position> positions = Records.append(wal, 0, 10);
            wal.checkpoint(positions.get(5), java.lang.foreign.MemorySegment.ofArray(new byte[3]));
            wal.truncateAfter(positions.get(7));
            assertEquals(positions.get(5), wal.lastCheckpoint().orElseThrow().position());
            wal.truncateAfter(positions.get(5));
            assertEquals(positions.get(5), wal.lastCheckpoint().orElseThrow().position());
            wal.truncateAfter(positions.get(4));
            assertTrue(wal.lastCheckpoint().isEmpty());
        }
    }

    // ---- reset

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 1_000_000_007})
    void resetDiscardsEverythingAndCountsOnFromThere(long sequence) throws Exception {
        Position start;
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            Position end = wal.endPosition();
            WalReader reader = wal.readFrom(Position.START);
            wal.reset(sequence);
            assertEquals(List.of(), Records.entries(wal, wal.firstPosition()));
            assertTrue(wal.firstPosition().compareTo(end) >= 0);
            assertThrows(WalException.Truncated.class, reader::poll);
            reader.close();
            try (Wal copy = open(Folders.copy(directory, home.resolve("empty")))) {
                assertEquals(sequence, copy.recovery().nextSequence());
                assertEquals(0, copy.recovery().records());
            }
            start = wal.append(Records.numbered(0));
            assertTrue(start.compareTo(end) >= 0);
            fill(wal, 1, 15);
        }
        for (int i = 0; i < 2; i++) {
            try (Wal wal = open()) {
                assertInstanceOf(Verdict.Clean.class, wal.recovery().verdict());
                assertEquals(sequence, wal.recovery().firstSequence());
                List<LogEntry> entries = Records.entries(wal, wal.firstPosition());
                Records.assertConsistent(entries, sequence);
                assertEquals(15, entries.size());
                assertEquals(start, entries.getFirst().position());
                assertEquals(Records.numbered(0), entries.getFirst().record());
            }
        }
    }

    @Test
    void resetLeavesNothingForAnOpenReaderToKeep() {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            try (WalReader lost = wal.readFrom(Position.START)) {
                wal.reset(0);
                Position start = wal.firstPosition();
                fill(wal, 0, RECORDS);
                wal.sync();
                assertTrue(wal.truncateBefore(wal.endPosition()).compareTo(start) > 0, "nothing was trimmed");
                assertThrows(WalException.Truncated.class, lost::poll);
            }
        }
    }

    @Test
    void resetRefusesANegativeSequence() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 3);
            assertThrows(IllegalArgumentException.class, () -> wal.reset(-1));
            Records.assertHolds(wal, 3);
        }
    }

    @Test
    void resetWorksOnAnEmptyLogAndTwice() {
        try (Wal wal = open()) {
            wal.reset(5);
            wal.reset(6);
            Records.append(wal, 0, 2);
            assertEquals(6, Records.entries(wal, wal.firstPosition()).getFirst().sequence());
        }
        try (Wal wal = open()) {
            assertEquals(8, wal.recovery().nextSequence());
        }
    }
}
