package dev.nori.wal.crash.disk;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A slowness of a disk: each {@code nth} request of a kind, counted from when it is set, takes so much longer, and those
 * behind it wait.
 *
 * @param target which requests count
 * @param nth 1 for every one
 * @param millis how long
 */
public record Stall(Fault.Target target, long nth, long millis) {
    public Stall {
        if (nth < 1) throw new IllegalArgumentException("nth must be at least 1: " + nth);
        if (millis < 0) throw new IllegalArgumentException("millis must be >= 0: " + millis);
    }

    /** Whether the {@code count}-th request is slow. */
    boolean hits(long count) {
        return count % nth == 0;
    }

    void waitForIt() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) LockSupport.parkNanos(left);
    }
}
