package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Retention;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a replay shows is fixed when it begins: a trim leaves it alone, a cut ends it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayWhileTheLogIsTrimmedTest extends EveryEngine {
    private static final int VALUE_BYTES = 40_000; // 25 in a segment
    private static final int RECORDS = 100;

    /** The ways to replay. */
    enum Way {
        ALONE,
        SIDE_BY_SIDE,
        IN_ORDER_ALONE,
        IN_ORDER;

        void replay(Wal wal, Position from, Consumer<LogEntry> consumer) {
            switch (this) {
                case ALONE -> wal.replay(from, 1, view -> consumer.accept(view.entry()));
                case SIDE_BY_SIDE -> wal.replay(from, 3, view -> consumer.accept(view.entry()));
                case IN_ORDER_ALONE -> wal.replayInOrder(from, 1, consumer);
                case IN_ORDER -> wal.replayInOrder(from, 3, consumer);
            }
        }

        /** What is shown, in the order of the log; at the first entry something else is done. */
        List<LogEntry> whileShowing(Wal wal, Position from, Runnable deed) {
            List<LogEntry> seen = new ArrayList<>(); // guarded by itself
            AtomicBoolean done = new AtomicBoolean();
            replay(wal, from, entry -> {
                if (done.compareAndSet(false, true)) deed.run();
                synchronized (seen) {
                    seen.add(entry);
                }
            });
            seen.sort(Comparator.comparing(LogEntry::position));
            return seen;
        }
    }

    private static void fill(Wal wal, int from, int to) {
        for (int i = from; i < to; i++) wal.append(Records.sized(i, VALUE_BYTES));
        wal.sync();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheFrontFromBeingTrimmed(Way way) {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            List<LogEntry> all = Records.entries(wal);
            AtomicReference<Position> first = new AtomicReference<>();
            assertEquals(all, way.whileShowing(wal, Position.START, () -> {
                first.set(wal.truncateBefore(wal.endPosition()));
                fill(wal, RECORDS, 2 * RECORDS); // would use again what was taken
            }));
            assertEquals(Position.START, first.get());
            assertTrue(wal.truncateBefore(wal.endPosition()).compareTo(Position.START) > 0, "it is kept for ever");
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsWhatLiesBeforeItBeTrimmed(Way way) {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            List<LogEntry> all = Records.entries(wal);
            Position from = all.get(60).position();
            assertEquals(
                    all.subList(60, RECORDS), way.whileShowing(wal, from, () -> wal.truncateBefore(wal.endPosition())));
            assertTrue(wal.firstPosition().compareTo(Position.START) > 0, "nothing was trimmed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheFrontFromRetention(Way way) {
        try (Wal wal = open(config().withRetention(Retention.keepAll().withBytes(0)))) {
            fill(wal, 0, 5);
            List<LogEntry> all = Records.entries(wal);
            assertEquals(all, way.whileShowing(wal, Position.START, () -> fill(wal, 5, RECORDS)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenSomeOfItIsCutAwayAlthoughTheLogGrowsAgain(Way way) {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            Position cut = Records.entries(wal).get(RECORDS - 2).position();
            List<LogEntry> after = new ArrayList<>();
            WalException.Truncated told = assertThrows(
                    WalException.Truncated.class,
                    () -> way.whileShowing(wal, Position.START, () -> {
                        wal.truncateAfter(cut);
                        fill(wal, RECORDS, RECORDS + 30);
                        after.addAll(Records.entries(wal));
                    }));
            assertEquals(cut, told.first());
            assertTrue(told.toString().contains("cut away"), told::toString);
            assertEquals(after.subList(RECORDS - 2, RECORDS + 28), Records.entries(wal, told.first()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenAllIsDiscarded(Way way) {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            WalException.Truncated told = assertThrows(
                    WalException.Truncated.class, () -> way.whileShowing(wal, Position.START, () -> wal.reset(7)));
            assertEquals(wal.firstPosition(), told.first());
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhenTheLogIsCutBehindIt(Way way) {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            List<LogEntry> all = Records.entries(wal);
            Position end = wal.endPosition();
            assertEquals(all, way.whileShowing(wal, Position.START, () -> {
                for (int round = 0; round < 3; round++) {
                    fill(wal, RECORDS, RECORDS + 30);
                    wal.truncateAfter(end);
                }
                fill(wal, RECORDS, RECORDS + 3);
            }));
        }
    }

    /** Each round cuts off the second half and writes another one: a replay shows one round only, or is told. */
    @ParameterizedTest
    @EnumSource
    void neverShowsTwoLogsAsOne(Way way) throws Exception {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            List<LogEntry> all = Records.entries(wal);
            Position before = all.get(RECORDS / 2 - 1).position();
            Position half =
                    all.get(RECORDS / 2).position(); // a segment's base: the log ends before it when it is cut there
            AtomicBoolean over = new AtomicBoolean();
            Thread cutter = Thread.ofPlatform().start(() -> {
                for (int round = 1; !over.get(); round++) {
                    wal.truncateAfter(half);
                    fill(wal, round * RECORDS, round * RECORDS + RECORDS / 2);
                }
            });
            try {
                for (int i = 0; i < 15; i++) assertShowsOneLog(way, wal, before, half);
            } finally {
                over.set(true);
                cutter.join();
            }
        }
    }

    private static void assertShowsOneLog(Way way, Wal wal, Position before, Position half) {
        List<LogEntry> seen = new ArrayList<>(); // guarded by itself
        try {
            way.replay(wal, Position.START, entry -> {
                synchronized (seen) {
                    seen.add(entry);
                }
            });
            assertTrue(seen.size() >= RECORDS / 2, () -> "only " + seen.size() + " records");
        } catch (WalException.Truncated e) {
            assertTrue(e.first().compareTo(before) > 0 && e.first().compareTo(half) <= 0, e::toString);
        }
        seen.sort(Comparator.comparing(LogEntry::position));
        List<Integer> rounds = seen.stream()
                .filter(entry -> entry.position().compareTo(half) >= 0)
                .map(entry -> Records.number(entry) / RECORDS)
                .distinct()
                .toList();
        assertTrue(rounds.size() <= 1, () -> "records of rounds " + rounds);
    }

    @Test
    void beginsWhereTheLogBeginsWhileItIsTrimmed() throws Exception {
        try (Wal wal = open()) {
            fill(wal, 0, RECORDS);
            Thread trimmer = Thread.ofPlatform().start(() -> {
                for (int i = 1; i < 10; i++) {
                    wal.truncateBefore(wal.endPosition());
                    fill(wal, i * RECORDS, (i + 1) * RECORDS);
                }
            });
            try {
                while (trimmer.isAlive()) {
                    List<LogEntry> seen = new ArrayList<>();
                    wal.replayInOrder(2, seen::add);
                    Records.assertConsistent(seen, seen.getFirst().sequence());
                }
            } finally {
                trimmer.join();
            }
        }
    }
}
