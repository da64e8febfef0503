package dev.nori.wal.handoff;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one sleeping worker, at the price of one volatile read for those who do not need to.
 *
 * <p>The worker says from which position on it wants to be woken, looks once more for work, and sleeps. A caller that moves
 * a cursor past that position rings. Both sides do a volatile write before their volatile read, so that one of them sees the
 * other; every sleep has an end all the same.
 */
public final class Doorbell {
    /** A position that no log reaches: the worker is woken by {@link #ring} only. */
    public static final long NEVER = Long.MAX_VALUE;

    private volatile long wakePosition = NEVER;
    private volatile @Nullable Thread worker;
    private volatile boolean rung;

    /** Rings if the worker asked to be woken before {@code position}. */
    public void ringFor(long position) {
        if (position > wakePosition) ring();
    }

    /** Wakes the worker, or keeps it from falling asleep the next time it wants to. */
    public void ring() {
        rung = true;
        wakePosition = NEVER;
        Thread sleeper = worker;
        if (sleeper != null) LockSupport.unpark(sleeper);
    }

    /** Says from where on the worker wants to be woken. Ask for work once more between this and {@link #sleep}. */
    public void wakeFrom(long position) {
        worker = Thread.currentThread();
        wakePosition = position;
    }

    /** Sleeps until somebody rings, for at most {@code nanos}. */
    public void sleep(long nanos) {
        if (!rung) LockSupport.parkNanos(this, nanos);
        awake();
    }

    /** The worker is awake and looks for work by itself. */
    public void awake() {
        rung = false;
        wakePosition = NEVER;
        // An interrupt would make every later park return at once, and means nothing to a thread of our own.
        if (Thread.currentThread() == worker) Thread.interrupted();
    }
}
