package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.BatchLimits;
import dev.nori.wal.Durability;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalBatcher;
import dev.nori.wal.WalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatcherTest extends EverySetting {
    /** As good as never, so that a test does not depend on the clock. */
    private static final BatchLimits PATIENT = new BatchLimits(Integer.MAX_VALUE, Long.MAX_VALUE, BatchLimits.MAX_AGE);

    private static Position await(CompletableFuture<Position> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static List<CompletableFuture<Position>> append(WalBatcher batcher, int from, int to) {
        List<CompletableFuture<Position>> futures = new ArrayList<>();
        for (int i = from; i < to; i++) futures.add(batcher.append(Records.numbered(i)));
        return futures;
    }

    @Test
    void appendsWhenThereAreEnough() throws Exception {
        try (Wal wal = open();
                WalBatcher batcher = WalBatcher.of(wal, PATIENT.withRecords(10))) {
            List<CompletableFuture<Position>> futures = append(batcher, 0, 9);
            Records.assertHolds(wal, 0);
            futures.addAll(append(batcher, 9, 14));
            Records.assertHolds(wal, 10);
            for (int i = 0; i < 14; i++) assertEquals(i < 10, futures.get(i).isDone());
            List<LogEntry> entries = Records.entries(wal);
            for (int i = 0; i < 10; i++) assertEquals(entries.get(i).position(), await(futures.get(i)));
        }
    }

    @Test
    void appendsWhenThereIsEnough() {
        try (Wal wal = open();
                WalBatcher batcher = WalBatcher.of(wal, PATIENT.withBytes(10_000))) {
            for (int i = 0; i < 3; i++)
                assertFalse(batcher.append(Records.sized(i, 3000)).isDone());
            CompletableFuture<Position> next = batcher.append(Records.sized(3, 3000));
            assertEquals(3, Records.entries(wal).size(), "the fourth would have been too much");
            assertFalse(next.isDone());
            assertTrue(batcher.append(Records.sized(4, 200_000)).isDone(), "enough on its own");
            assertTrue(next.isDone());
            assertEquals(5, Records.entries(wal).size());
        }
    }

    @Test
    void appendsWhatIsOldEnough() throws Exception {
        try (Wal wal = open();
                WalBatcher batcher = WalBatcher.of(wal, PATIENT.withAge(Duration.ofMillis(3)))) {
            for (int i = 0; i < 10; i++) {
                List<CompletableFuture<Position>> futures = append(batcher, 2 * i, 2 * i + 2);
                for (CompletableFuture<Position> future : futures) await(future);
            }
            Records.assertHolds(wal, 20);
        }
    }

    @Test
    void appendsWhatThereIsWhenToldTo() {
        try (Wal wal = open();
                WalBatcher batcher = WalBatcher.of(wal, PATIENT, Durability.DURABLE)) {
            List<CompletableFuture<Position>> futures = append(batcher, 0, 5);
            batcher.flush();
            for (CompletableFuture<Position> future : futures) {
                assertTrue(wal.durablePosition().compareTo(future.join()) > 0, "and durably, as asked");
            }
            batcher.flush();
            Records.assertHolds(wal, 5);
        }
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() {
        try (Wal wal = open()) {
            WalBatcher batcher = WalBatcher.of(wal, PATIENT);
            List<CompletableFuture<Position>> futures = append(batcher, 0, 7);
            batcher.close();
            batcher.close();
            for (CompletableFuture<Position> future : futures) assertTrue(future.isDone());
            assertThrows(WalException.Closed.class, () -> batcher.append(Records.numbered(7)));
            wal.append(Records.numbered(7));
            Records.assertHolds(wal, 8);
        }
    }

    @Test
    void tellsEverybodyWhatWentWrong() {
        Wal wal = open();
        WalBatcher batcher = WalBatcher.of(wal, PATIENT);
        List<CompletableFuture<Position>> futures = append(batcher, 0, 3);
        futures.add(batcher.append(Records.sized(3, 2 << 20)));
        batcher.flush();
        List<Throwable> causes = new ArrayList<>();
        for (CompletableFuture<Position> future : futures) {
            causes.add(
                    assertThrows(ExecutionException.class, () -> await(future)).getCause());
        }
        for (Throwable cause : causes) assertSame(causes.getFirst(), cause);
        assertInstanceOf(WalException.TooLarge.class, causes.getFirst());
        Records.assertHolds(wal, 0);
        CompletableFuture<Position> later = batcher.append(Records.numbered(0));
        wal.close();
        batcher.close();
        assertInstanceOf(
                WalException.Closed.class,
                assertThrows(ExecutionException.class, () -> await(later)).getCause());
    }

    @Test
    void goesOnAfterACancelledFutureAndKeepsItsRecord() throws Exception {
        try (Wal wal = open();
                WalBatcher batcher = WalBatcher.of(wal, PATIENT.withRecords(4))) {
            append(batcher, 0, 2).getFirst().cancel(true);
            await(append(batcher, 2, 4).getLast());
            Records.assertHolds(wal, 4);
        }
    }

    @Test
    void letsACallbackAppendOrClose() throws Exception {
        try (Wal wal = open()) {
            WalBatcher batcher = WalBatcher.of(wal, PATIENT.withRecords(1));
            await(batcher.append(Records.numbered(0)).thenCompose(at -> batcher.append(Records.numbered(1))));
            batcher.append(Records.numbered(2)).thenRun(batcher::close).get(20, TimeUnit.SECONDS);
            Records.assertHolds(wal, 3);
        }
        try (Wal wal = open();
                WalBatcher batcher = WalBatcher.of(wal, PATIENT.withAge(Duration.ofMillis(1)))) {
            batcher.append(Records.numbered(3)).thenRun(batcher::close).get(20, TimeUnit.SECONDS);
            Records.assertHolds(wal, 4);
        }
    }

    @Test
    void keepsTheOrderOfEachOfManyCallers() throws Exception {
        int callers = 8;
        int each = 200;
        try (Wal wal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (WalBatcher batcher = WalBatcher.of(wal, BatchLimits.defaults().withRecords(17))) {
                List<Future<?>> all = new ArrayList<>();
                for (int c = 0; c < callers; c++) {
                    int first = c * each;
                    all.add(threads.submit(() -> append(batcher, first, first + each)));
                }
                for (Future<?> one : all) one.get(30, TimeUnit.SECONDS);
            }
            Map<Integer, Integer> next = new HashMap<>();
            for (LogEntry entry : Records.entries(wal)) {
                int number = Records.number(entry);
                assertEquals(number, next.getOrDefault(number / each, number / each * each));
                assertEquals(Records.numbered(number), entry.record());
                next.put(number / each, number + 1);
            }
            assertEquals(callers, next.size());
            for (int c = 0; c < callers; c++) assertEquals((c + 1) * each, next.get(c));
        }
    }

    @Test
    void refusesLimitsThatAreNone() {
        BatchLimits good = BatchLimits.defaults();
        assertThrows(IllegalArgumentException.class, () -> good.withRecords(0));
        assertThrows(IllegalArgumentException.class, () -> good.withBytes(0));
        assertThrows(IllegalArgumentException.class, () -> good.withAge(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> good.withAge(BatchLimits.MAX_AGE.plusNanos(1)));
    }
}
