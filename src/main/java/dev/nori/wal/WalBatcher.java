package dev.nori.wal;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Collects records of many callers and appends them together, as one atomic batch each time that a count, a number of bytes or
 * an age is reached: fewer turns at the end of the log, and under {@link FsyncPolicy.Always} one sync for all of them.
 *
 * <pre>{@code
 * try (WalBatcher batcher = WalBatcher.of(wal, BatchLimits.defaults())) {
 *     CompletableFuture<Position> position = batcher.append(record);
 * }
 * }</pre>
 *
 * <p>Safe for any number of threads; records stand in the log in the order in which {@link #append} was called. Whoever makes a batch
 * full appends it, which waits as long as the durability says; others collect the next one meanwhile. A batch that does not fill up is
 * appended by a thread of the batcher's own, which sleeps as long as nothing is collected.
 */
public final class WalBatcher implements AutoCloseable {
    private final Wal wal;
    private final BatchLimits limits;
    private final Durability durability;
    private final Thread timer;
    private final ReentrantLock appending = new ReentrantLock(); // whoever has it appends what is due, in order
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition begun = lock.newCondition();

    // guarded by the lock
    private final ArrayDeque<CollectedBatch> due = new ArrayDeque<>();
    private @Nullable CollectedBatch collecting;
    private boolean timerSleeps;
    private boolean closed;

    private WalBatcher(Wal wal, BatchLimits limits, Durability durability) {
        this.wal = Objects.requireNonNull(wal, "wal");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.durability = Objects.requireNonNull(durability, "durability");
        this.timer = Thread.ofPlatform().name("nori-wal-batcher").daemon().unstarted(this::appendOldOnes);
    }

    /** A batcher for that log, which is acknowledged as the log's policy says. */
    public static WalBatcher of(Wal wal, BatchLimits limits) {
        return of(wal, limits, Durability.POLICY);
    }

    /** A batcher for that log, with a durability of its own. */
    public static WalBatcher of(Wal wal, BatchLimits limits, Durability durability) {
        WalBatcher batcher = new WalBatcher(wal, limits, durability);
        batcher.timer.start();
        return batcher;
    }

    /**
     * Takes a record. The future completes when its batch is acknowledged, or with what {@link Wal#appendBatch(java.util.List)} threw,
     * for all of the batch alike: then nothing of it was appended, but for {@link WalException.Failed}. Futures complete in order, on the thread
     * that appended the batch: a callback may append, but not wait for what it appends here. Cancelling does not take the record back.
     *
     * @param record its memory must be left alone until the future completes
     * @throws WalException.Closed after {@link #close}; the record was not taken
     */
    public CompletableFuture<Position> append(WalRecord record) {
        CompletableFuture<Position> future;
        boolean work;
        lock.lock();
        try {
            if (closed) throw new WalException.Closed("the batcher is closed");
            future = collect(record);
            work = !due.isEmpty();
        } finally {
            lock.unlock();
        }
        if (work) appendDue();
        return future;
    }

    /** Appends what is collected, without waiting for more; on return it is acknowledged. */
    public void flush() {
        lock.lock();
        try {
            endBatch();
        } finally {
            lock.unlock();
        }
        appendDue();
    }

    /**
     * Appends what is collected, and ends; the log stays open. On return every future is complete, unless a callback of one of them closes.
     * Idempotent.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            endBatch();
            begun.signal();
        } finally {
            lock.unlock();
        }
        appendDue();
        awaitTimer();
    }

    // ---- collecting, under the lock

    private CompletableFuture<Position> collect(WalRecord record) {
        if (collecting != null && collecting.hasNoRoomFor(record, limits)) endBatch();
        CollectedBatch batch = collecting == null ? beginBatch() : collecting;
        CompletableFuture<Position> future = batch.add(record);
        if (batch.isFull(limits)) endBatch();
        return future;
    }

    private CollectedBatch beginBatch() {
        CollectedBatch batch = new CollectedBatch(System.nanoTime());
        collecting = batch;
        if (timerSleeps) begun.signal();
        return batch;
    }

    private void endBatch() {
        if (collecting != null) due.add(collecting);
        collecting = null;
    }

    // ---- appending

    /** On return what was due is appended, by this thread or another one. A callback leaves it to the thread that it runs on. */
    private void appendDue() {
        if (appending.isHeldByCurrentThread()) return;
        appending.lock();
        try {
            for (CollectedBatch batch = nextDue(); batch != null; batch = nextDue()) batch.appendTo(wal, durability);
        } finally {
            appending.unlock();
        }
    }

    private @Nullable CollectedBatch nextDue() {
        lock.lock();
        try {
            return due.poll();
        } finally {
            lock.unlock();
        }
    }

    // ---- the thread that looks after the age

    private void appendOldOnes() {
        while (awaitAge()) appendDue();
    }

    /** Returns once something may be due; false once the batcher is closed. */
    private boolean awaitAge() {
        lock.lock();
        try {
            for (long nanos = nanosLeft(); nanos > 0 && !closed; nanos = nanosLeft()) {
                timerSleeps = collecting == null;
                begun.awaitNanos(nanos);
            }
            if (!closed) endBatch();
            return !closed;
        } catch (InterruptedException e) {
            return true; // means nothing to a thread of our own
        } finally {
            timerSleeps = false;
            lock.unlock();
        }
    }

    private long nanosLeft() {
        return collecting == null ? Long.MAX_VALUE : collecting.nanosLeft(limits, System.nanoTime());
    }

    private void awaitTimer() {
        boolean interrupted = false;
        while (Thread.currentThread() != timer && timer.isAlive() && !appending.isHeldByCurrentThread()) {
            try {
                timer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
