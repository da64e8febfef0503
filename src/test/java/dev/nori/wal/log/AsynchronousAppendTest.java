package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsynchronousAppendTest extends EverySetting {
    private static Position await(CompletableFuture<Position> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static Durability mixed(int i) {
        return i % 3 == 0 ? Durability.DURABLE : Durability.POLICY;
    }

    @Test
    void completesInTheOrderOfTheAppends() throws Exception {
        int count = 500;
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        try (Wal wal = open()) {
            List<CompletableFuture<Position>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                CompletableFuture<Position> future = wal.appendAsync(Records.numbered(i), mixed(i));
                futures.add(future.thenApply(position -> {
                    order.add(number);
                    return position;
                }));
            }
            List<Position> positions = new ArrayList<>();
            for (CompletableFuture<Position> future : futures) positions.add(await(future));
            assertEquals(positions.stream().sorted().toList(), positions);
            assertEquals(IntStream.range(0, count).boxed().toList(), order);
            Records.assertHolds(wal, count);
        }
    }

    @Test
    void isDurableWhenItCompletesIfThatWasAskedFor() throws Exception {
        try (Wal wal = open()) {
            for (int i = 0; i < 20; i++) {
                Position at = await(wal.appendAsync(Records.numbered(i), Durability.DURABLE));
                assertTrue(wal.durablePosition().compareTo(at) > 0);
            }
        }
    }

    @Test
    void mayBeFollowedByACallbackThatBlocksWithoutHoldingUpTheLog() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        try (Wal wal = open()) {
            CompletableFuture<Void> callback = callBack(wal, () -> {
                blocked.countDown();
                awaitQuietly(release);
            });
            assertTrue(blocked.await(20, TimeUnit.SECONDS));
            int count = Records.entries(wal).size();
            for (int i = 0; i < 50; i++) wal.append(Records.numbered(i), Durability.DURABLE);
            CompletableFuture<Position> later = wal.appendAsync(Records.numbered(50), Durability.DURABLE);
            wal.sync();
            assertTrue(wal.durablePosition().compareTo(wal.endPosition()) >= 0);
            release.countDown();
            await(later);
            callback.get(20, TimeUnit.SECONDS);
            assertEquals(count + 51, Records.entries(wal).size());
        }
    }

    /** Has the log's own thread do something: a future that is complete already would have it done by the caller. */
    private static CompletableFuture<Void> callBack(Wal wal, Runnable action) {
        Thread caller = Thread.currentThread();
        AtomicBoolean missed = new AtomicBoolean();
        while (true) {
            CompletableFuture<Void> callback = wal.appendAsync(Records.numbered(0), Durability.DURABLE)
                    .thenRun(() -> {
                        missed.set(Thread.currentThread() == caller);
                        if (!missed.get()) action.run();
                    });
            if (!callback.isDone() || !missed.get()) return callback;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void mayBeFollowedByACallbackThatUsesTheLog() throws Exception {
        try (Wal wal = open()) {
            CompletableFuture<Position> second = wal.appendAsync(Records.numbered(0), Durability.DURABLE)
                    .thenApply(p -> wal.append(Records.numbered(1), Durability.DURABLE));
            await(second);
            Records.assertHolds(wal, 2);
        }
    }

    @Test
    void mayBeFollowedByACallbackThatClosesTheLog() throws Exception {
        Wal wal = open();
        callBack(wal, wal::close).get(20, TimeUnit.SECONDS);
        assertThrows(WalException.Closed.class, () -> wal.append(Records.numbered(1)));
        try (Wal again = open()) {
            assertInstanceOf(Verdict.Clean.class, again.recovery().verdict());
        }
    }

    @Test
    void mayBeFollowedByACallbackThatClosesTheLogWhileItIsClosed() throws Exception {
        Wal wal = open();
        CountDownLatch inCallback = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        CompletableFuture<Void> closed = callBack(wal, () -> {
            inCallback.countDown();
            awaitQuietly(closing);
            wal.close();
        });
        assertTrue(inCallback.await(20, TimeUnit.SECONDS));
        Thread other = Thread.ofPlatform().start(wal::close);
        while (other.getState() == Thread.State.NEW || other.getState() == Thread.State.RUNNABLE) Thread.onSpinWait();
        closing.countDown();
        closed.get(20, TimeUnit.SECONDS);
        assertTrue(other.join(java.time.Duration.ofSeconds(20)), "the other close returns too");
    }

    @Test
    void completesBeforeCloseReturns() throws Exception {
        List<CompletableFuture<Position>> futures = new ArrayList<>();
        try (Wal wal = open()) {
            for (int i = 0; i < 100; i++) futures.add(wal.appendAsync(Records.numbered(i), mixed(i)));
        }
        for (CompletableFuture<Position> future : futures) assertTrue(future.isDone());
        for (CompletableFuture<Position> future : futures) await(future);
    }

    @Test
    void cannotBeTakenBack() throws Exception {
        try (Wal wal = open()) {
            for (int i = 0; i < 100; i++)
                wal.appendAsync(Records.numbered(i), mixed(i)).cancel(true);
            await(wal.appendAsync(Records.numbered(100)));
            Records.assertHolds(wal, 101);
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, 101);
        }
    }
}
