package dev.nori.wal.flush;

import dev.nori.wal.handoff.Waiters;
import java.util.function.LongSupplier;

/**
 * Lets a sync wait a moment for company. Those whom the last sync woke are likely to append again at once, and the first of them comes before
 * the others are awake: a sync that leaves with him alone makes each of them wait for two. So it leaves when as many are there again, or
 * when a sync's time has gone by, whatever comes first. A lone caller never waits. For who holds the writer's role.
 */
final class Company {
    private static final long MOST_NANOS = 200_000;

    private final Waiters waiters;
    private final LongSupplier nanoClock;
    private int callers;
    private long syncNanos;

    Company(Waiters waiters, LongSupplier nanoClock) {
        this.waiters = waiters;
        this.nanoClock = nanoClock;
    }

    /**
     * A sync is over.
     *
     * @param others how many had waited for it, besides a caller who led
     * @param nanos how long it took
     */
    void synced(int others, long nanos) {
        this.callers = others;
        this.syncNanos = nanos;
    }

    /** Waits for as many as the last time. */
    @SuppressWarnings("ThreadPriorityCheck") // those who are waited for need a processor, perhaps this one
    void await() {
        if (waiters.count() >= callers) return;
        long began = nanoClock.getAsLong();
        long most = Math.min(MOST_NANOS, syncNanos);
        while (waiters.count() < callers && nanoClock.getAsLong() - began < most) Thread.yield();
    }
}
