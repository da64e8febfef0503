package dev.nori.wal.handoff;

import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does while it waits for another one to make progress. A program's log sleeps; a test that runs the log
 * without threads makes the progress itself.
 */
@FunctionalInterface
public interface Idle {
    /**
     * Called again and again until what is waited for has happened.
     *
     * @param round how often it was called before in this wait, from 0
     * @param nanos the longest time to sleep
     */
    void idle(int round, long nanos);

    /** Spins a little, then sleeps until somebody unparks the thread or the time is over. */
    static Idle sleeping() {
        final int spins = 64;
        return (round, nanos) -> {
            if (round < spins) Thread.onSpinWait();
            else LockSupport.parkNanos(nanos);
        };
    }
}
