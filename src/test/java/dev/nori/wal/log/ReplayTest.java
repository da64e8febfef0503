package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.Wal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayTest extends EveryEngine {
    private static final int RECORDS = 400;

    private static void fill(Wal wal) {
        for (int i = 0; i < RECORDS; i++) wal.append(Records.sized(i, 100 + i * 97 % 30_000));
        wal.sync();
    }

    @Test
    void showsSegmentsAtTheSameTime() {
        try (Wal wal = open()) {
            fill(wal);
            CountDownLatch two = new CountDownLatch(2);
            AtomicBoolean met = new AtomicBoolean();
            ConcurrentSkipListMap<Thread, Boolean> seen =
                    new ConcurrentSkipListMap<>((a, b) -> Long.compare(a.threadId(), b.threadId()));
            wal.replay(2, view -> {
                if (seen.put(Thread.currentThread(), true) != null) return;
                two.countDown();
                met.set(await(two));
            });
            assertTrue(met.get(), "the second thread came only after the first had ended");
            assertTrue(wal.segments().size() > 4);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsWithWhatTheConsumerThrowsAndSoDoItsThreads() throws Exception {
        try (Wal wal = open()) {
            fill(wal);
            IllegalStateException mine = new IllegalStateException("enough");
            for (int parallelism : new int[] {1, 3}) {
                AtomicInteger count = new AtomicInteger();
                Runnable once = () -> {
                    if (count.incrementAndGet() == 50) throw mine;
                };
                assertSame(
                        mine,
                        assertThrows(IllegalStateException.class, () -> wal.replay(parallelism, view -> once.run())));
                count.set(0);
                assertSame(
                        mine,
                        assertThrows(
                                IllegalStateException.class,
                                () -> wal.replayInOrder(parallelism, entry -> once.run())));
                assertEquals(50, count.get());
                assertFalse(Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().startsWith("nori-wal-replay")));
            }
        }
    }

    @Test
    void endsWhereTheLogEndedWhenItBegan() {
        try (Wal wal = open()) {
            fill(wal);
            List<LogEntry> before = Records.entries(wal);
            for (int parallelism : new int[] {1, 2}) {
                List<LogEntry> seen = new ArrayList<>();
                wal.replayInOrder(parallelism, entry -> {
                    if (seen.size() % 10 == 0) wal.append(Records.sized(0, 9000));
                    seen.add(entry);
                });
                assertEquals(before, seen.subList(0, RECORDS));
                assertFalse(seen.size() > wal.nextSequence() - RECORDS / 10);
                AtomicInteger count = new AtomicInteger();
                long there = wal.nextSequence();
                wal.replay(parallelism, view -> {
                    if (count.incrementAndGet() % 10 == 0) wal.append(Records.sized(0, 9000));
                });
                assertEquals(there, count.get());
                assertTrue(wal.nextSequence() > there);
            }
        }
    }

    @Test
    void isRefusedWithoutAThreadOrOutsideOfTheLog() {
        try (Wal wal = open()) {
            fill(wal);
            for (int parallelism : new int[] {1, 2}) {
                Position beyond = new Position(wal.endPosition().bytes() + 4096);
                assertThrows(IllegalArgumentException.class, () -> wal.replay(beyond, parallelism, view -> {}));
                assertThrows(IllegalArgumentException.class, () -> wal.replayInOrder(beyond, parallelism, e -> {}));
            }
            assertThrows(IllegalArgumentException.class, () -> wal.replay(0, view -> {}));
            assertThrows(IllegalArgumentException.class, () -> wal.replayInOrder(-1, entry -> {}));
        }
    }

    @Test
    void keepsTheFlagOfAnInterruptedThreadAndShowsItAll() {
        try (Wal wal = open()) {
            fill(wal);
            for (int parallelism : new int[] {1, 2}) {
                AtomicInteger count = new AtomicInteger();
                Thread.currentThread().interrupt();
                wal.replayInOrder(parallelism, entry -> count.incrementAndGet());
                wal.replay(parallelism, view -> count.incrementAndGet());
                assertTrue(Thread.interrupted());
                assertEquals(2 * RECORDS, count.get());
            }
        }
    }

    @Test
    void findsTheSegmentsSealedAfterAWhile() throws Exception {
        try (Wal wal = open()) {
            fill(wal);
            List<SegmentInfo> segments = wal.segments();
            for (int i = 0; i < 500 && !allButTheLastAreSealed(segments); i++) {
                Thread.sleep(10);
                segments = wal.segments();
            }
            assertTrue(allButTheLastAreSealed(segments), segments::toString);
            EveryWayToRead.tells(wal, Records.entries(wal)); // now through the footers
        }
        try (Wal wal = open()) {
            EveryWayToRead.tells(wal, Records.entries(wal));
        }
    }

    private static boolean allButTheLastAreSealed(List<SegmentInfo> segments) {
        return segments.subList(0, segments.size() - 1).stream().allMatch(SegmentInfo::sealed);
    }
}
