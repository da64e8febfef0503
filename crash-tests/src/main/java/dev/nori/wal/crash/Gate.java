package dev.nori.wal.crash;

import java.util.concurrent.Semaphore;

/**
 * Lets appends and their reports pass side by side, and a call that takes away the end of the log only alone. So what is reported of
 * an append lies wholly before or wholly behind what is reported of the call, and nobody has to guess whether it was cut off. For any
 * thread.
 */
final class Gate {
    private static final int ALL = 1 << 16; // more than all writers have in flight together

    private final Semaphore passes = new Semaphore(ALL, true);
    private volatile int closings;

    /** Something that only one thread does at a time. */
    interface Work {
        void run();
    }

    /** Waits while it is closed. */
    void enter() throws InterruptedException {
        passes.acquire();
    }

    /** For each {@link #enter}; by any thread. */
    void leave() {
        passes.release();
    }

    /** Runs something while nobody is inside. */
    void alone(Work work) throws InterruptedException {
        passes.acquire(ALL);
        try {
            count();
            work.run();
        } finally {
            count();
            passes.release(ALL);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only ever by who is alone
    private void count() {
        closings++;
    }

    /**
     * How often it was closed and opened again so far; does not change for who is inside. Whoever finds the same number before he looks and
     * inside, after he has looked, has seen nothing that was taken away meanwhile.
     */
    int closings() {
        return closings;
    }
}
