package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.Wal;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalException;
import dev.nori.wal.WalTail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TailTest extends EverySetting {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int WRITERS = 2;
    private static final int EACH = 300;

    @Test
    void handsOutWhatIsThereAndThenWhatComes() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                WalTail tail = wal.tail(Position.START)) {
            Records.append(wal, 0, 3);
            for (int i = 0; i < 3; i++) assertEquals(i, Records.number(tail.take()));
            assertNull(tail.poll(Duration.ZERO));
            for (int i = 3; i < 60; i++) {
                int number = i;
                Future<LogEntry> next = threads.submit(tail::take);
                Position at = wal.append(Records.sized(number, 40_000)); // two segments
                assertEquals(at, next.get(60, TimeUnit.SECONDS).position());
            }
        }
    }

    @Test
    void answersNothingWhenTheTimeIsOver() throws Exception {
        try (Wal wal = open();
                WalTail tail = wal.tail(wal.endPosition());
                WalCursor cursor = wal.cursor(wal.endPosition())) {
            long began = System.nanoTime();
            assertNull(tail.poll(Duration.ofMillis(30)));
            assertFalse(cursor.await(Duration.ofMillis(30)));
            assertTrue(System.nanoTime() - began >= 60_000_000, "it came back too soon");
            assertThrows(IllegalArgumentException.class, () -> cursor.await(Duration.ofNanos(-1)));
        }
    }

    @Test
    void isSeenByManyAtOnceInTheOrderOfTheLogAcrossRolls() throws Exception {
        try (Wal wal = open();
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService platform = Executors.newCachedThreadPool()) {
            Callable<List<Long>> follow = () -> follow(wal, ReadBound.ACKNOWLEDGED);
            List<Future<List<Long>>> tails = new ArrayList<>();
            for (int i = 0; i < 20; i++) tails.add(virtual.submit(follow));
            for (int i = 0; i < 3; i++) tails.add(platform.submit(follow));
            tails.add(platform.submit(() -> follow(wal, ReadBound.DURABLE)));
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) writers.add(platform.submit(() -> write(wal)));
            for (Future<?> writer : writers) writer.get(60, TimeUnit.SECONDS);
            wal.sync();
            List<Long> expected = Records.entries(wal).stream()
                    .map(entry -> entry.position().bytes())
                    .toList();
            assertTrue(wal.segments().size() > 2, "the writers should have rolled");
            for (Future<List<Long>> tail : tails) assertEquals(expected, tail.get(60, TimeUnit.SECONDS));
        }
    }

    private static void write(Wal wal) {
        for (int i = 0; i < EACH; i++) wal.append(Records.sized(i, 100 + i * 37 % 9000));
    }

    private static List<Long> follow(Wal wal, ReadBound bound) throws InterruptedException {
        List<Long> seen = new ArrayList<>();
        try (WalTail tail = wal.tail(Position.START, bound)) {
            while (seen.size() < WRITERS * EACH) {
                LogEntry entry = tail.take();
                assertEquals(seen.size(), entry.sequence());
                if (bound == ReadBound.DURABLE) assertIsDurable(wal, entry);
                seen.add(entry.position().bytes());
            }
        }
        return seen;
    }

    private static void assertIsDurable(Wal wal, LogEntry entry) {
        assertTrue(wal.durablePosition().compareTo(entry.next()) >= 0, "a durable tail saw what is not durable");
    }

    @Test
    void isLeftByAnInterruptAndLosesNothing() throws Exception {
        try (Wal wal = open();
                WalTail tail = wal.tail(wal.endPosition())) {
            CountDownLatch began = new CountDownLatch(1);
            List<Throwable> told = new ArrayList<>();
            Thread waiting = Thread.ofVirtual().start(() -> {
                began.countDown();
                told.add(assertThrows(InterruptedException.class, tail::take));
            });
            began.await();
            waiting.interrupt();
            waiting.join();
            assertEquals(1, told.size());
            Records.append(wal, 0, 1);
            assertEquals(0, Records.number(tail.take()));
        }
    }

    @Test
    void endsItsIteratorAtAnInterruptAndKeepsTheFlag() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                WalTail tail = wal.tail(wal.endPosition())) {
            CountDownLatch first = new CountDownLatch(1);
            Thread[] reading = new Thread[1];
            Future<Boolean> flag = threads.submit(() -> {
                reading[0] = Thread.currentThread();
                for (LogEntry entry : tail) {
                    assertEquals(0, entry.sequence());
                    first.countDown();
                }
                return Thread.currentThread().isInterrupted();
            });
            Records.append(wal, 0, 1);
            first.await();
            reading[0].interrupt();
            assertTrue(flag.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void isWokenWhenItIsClosed() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            WalTail tail = wal.tail(wal.endPosition());
            Future<?> waiting = threads.submit(tail::take);
            awaitParked(waiting);
            tail.close();
            assertClosed(waiting);
            assertThrows(WalException.Closed.class, () -> tail.poll(Duration.ZERO));
        }
    }

    @Test
    void isWokenWhenTheLogIsClosed() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Wal wal = open();
            List<Future<?>> waiting = new ArrayList<>();
            for (ReadBound bound : ReadBound.values()) {
                WalTail tail = wal.tail(wal.endPosition(), bound);
                waiting.add(threads.submit(tail::take));
            }
            awaitParked(waiting.getFirst());
            wal.close();
            for (Future<?> each : waiting) assertClosed(each);
        }
    }

    /** Gives it time to fall asleep; it must end either way. */
    private static void awaitParked(Future<?> waiting) throws InterruptedException {
        Thread.sleep(20);
        assertFalse(waiting.isDone());
    }

    private static void assertClosed(Future<?> waiting) {
        ExecutionException told = assertThrows(ExecutionException.class, () -> waiting.get(60, TimeUnit.SECONDS));
        assertInstanceOf(WalException.Closed.class, told.getCause());
    }

    @Test
    void waitsWithACursorAsWell() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                WalCursor cursor = wal.cursor(wal.endPosition())) {
            Future<Boolean> waiting = threads.submit(() -> cursor.await(LONG));
            Position at = wal.append(Records.numbered(7));
            assertTrue(waiting.get(60, TimeUnit.SECONDS));
            assertTrue(cursor.next());
            assertEquals(at.bytes(), cursor.positionBytes());
            assertFalse(cursor.await(Duration.ZERO));
        }
    }
}
