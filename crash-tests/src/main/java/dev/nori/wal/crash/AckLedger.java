package dev.nori.wal.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a child acknowledged, in the order in which it said so: records, and deeds. Grows while the child lives; safe for any thread.
 */
public final class AckLedger {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    // All guarded by lock.
    private final List<Ack> acks = new ArrayList<>();
    private final List<Undertaken> deeds = new ArrayList<>();
    private int done; // of the deeds
    private long durableEnd;
    private long readEnd;
    private boolean ended;

    /**
     * How far the ledger was at a moment. Taken before a cut is ordered: a sync that is under way while a file system
     * goes down can return 0 and be lost all the same.
     *
     * @param acks so many had been acknowledged
     * @param durableEnd records that start before this position had been called durable
     * @param deeds so many had returned
     */
    public record Mark(int acks, long durableEnd, int deeds) {}

    /** One more record is acknowledged. */
    public void acknowledged(int writer, long n, long position, long nanos) {
        lock.lock();
        try {
            acks.add(new Ack(acks.size(), writer, n, position, nanos));
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A deed is about to begin. */
    public void begun(Deed deed) {
        lock.lock();
        try {
            if (done < deeds.size()) throw new IllegalArgumentException(deed + " begins before " + deeds.getLast());
            deeds.add(Undertaken.begun(deed, acks.size()));
        } finally {
            lock.unlock();
        }
    }

    /** The deed that was begun last has returned. */
    public void done(Front front) {
        lock.lock();
        try {
            if (done == deeds.size()) throw new IllegalArgumentException("no deed is under way");
            Undertaken last = deeds.removeLast();
            deeds.add(last.done(front));
            done++;
            if (last.deed() instanceof Deed.TruncateAfter(long position)) endAt(position);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was said of what stood behind means nothing any more, and what is left is durable. */
    private void endAt(long position) {
        durableEnd = position;
        readEnd = Math.min(readEnd, position);
    }

    /** Records that start before {@code endPosition} were read by somebody who follows the log. */
    public void readTo(long endPosition) {
        lock.lock();
        try {
            readEnd = Math.max(readEnd, endPosition);
        } finally {
            lock.unlock();
        }
    }

    /** Records that start before {@code endPosition} are called durable. */
    public void durableTo(long endPosition) {
        lock.lock();
        try {
            durableEnd = Math.max(durableEnd, endPosition);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until that many records and deeds are acknowledged, or nothing more will come, or the time is up.
     *
     * @return whether that many are acknowledged
     */
    public boolean await(int count, long timeoutNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (acks.size() + done < count && !ended && left > 0) left = more.awaitNanos(left);
            return acks.size() + done >= count;
        } finally {
            lock.unlock();
        }
    }

    /** {@link #await(int, long)} with a limit of one minute. */
    public boolean await(int count) throws InterruptedException {
        return await(count, TimeUnit.MINUTES.toNanos(1));
    }

    /** How far it is now. */
    public Mark mark() {
        lock.lock();
        try {
            return new Mark(acks.size(), durableEnd, done);
        } finally {
            lock.unlock();
        }
    }

    /** All deeds so far, in their order. */
    public List<Undertaken> deeds() {
        lock.lock();
        try {
            return List.copyOf(deeds);
        } finally {
            lock.unlock();
        }
    }

    /** Records that start before were read by somebody who follows the log. */
    public long readEnd() {
        lock.lock();
        try {
            return readEnd;
        } finally {
            lock.unlock();
        }
    }

    /** All records so far, in their order. */
    public List<Ack> acks() {
        lock.lock();
        try {
            return List.copyOf(acks);
        } finally {
            lock.unlock();
        }
    }
}
