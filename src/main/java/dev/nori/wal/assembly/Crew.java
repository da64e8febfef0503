package dev.nori.wal.assembly;

import dev.nori.wal.handoff.Idle;

/** Who steps the workers of a log: its own threads, or a test that wants every step in its hand. */
public interface Crew {
    /** Something that has work to do from time to time. */
    interface Worker {
        /** Does what is due; false if nothing was. */
        boolean doWork();

        /** Sleeps until there may be something to do. */
        void rest();

        /** Ends a {@link #rest}. */
        void wake();
    }

    /** A worker that was taken on. */
    @FunctionalInterface
    interface Hired {
        /**
         * Returns once the worker has done what was due and is not stepped any more; at once if it is the worker's own thread that
         * calls.
         */
        void dismiss();
    }

    /** Takes a worker on. */
    Hired hire(String name, Worker worker);

    /** What callers do while they wait for the workers. */
    Idle idle();

    /** Whether the calling thread is one on which workers are stepped: it must not wait for somebody who dismisses them. */
    default boolean isAtWork() {
        return false;
    }
}
