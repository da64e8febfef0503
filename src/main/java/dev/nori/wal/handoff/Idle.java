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

    /** The same where what is waited for takes as long as a device: to spin would only take processors from those who work. */
    default void idleLong(int round, long nanos) {
        idle(round, nanos);
    }

    /** Spins a little, then sleeps until somebody unparks the thread or the time is over. */
    static Idle sleeping() {
        return new Idle() {
            private static final int SPINS = 64;

            @Override
            public void idle(int round, long nanos) {
                if (round < SPINS) Thread.onSpinWait();
                else LockSupport.parkNanos(nanos);
            }

            @Override
            public void idleLong(int round, long nanos) {
                if (Thread.currentThread().isVirtual()) LockSupport.park();
                else LockSupport.parkNanos(nanos);
            }
        };
    }
}
