package dev.nori.wal.flush;

import dev.nori.wal.handoff.Waiters;
import java.util.function.LongSupplier;

/**
 * Lets a sync wait a moment for company. Those whom the last sync woke are likely to append again at once: a sync that leaves without them
 * makes each of them wait for two. So it leaves when as many are there again, or when half of the last sync's time has gone by, whatever comes
 * first. A lone caller never waits. For who holds the writer's role.
 */
final class Company {
    private static final long MOST_NANOS = 100_000;

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
     * @param callers how many had waited for it, the one included who led
     * @param nanos how long it took
     */
    void synced(int callers, long nanos) {
        this.callers = callers;
        this.syncNanos = nanos;
    }

    boolean isExpected() {
        return callers > 1;
    }

    /**
     * Waits for as many as the last time.
     *
     * @param here how many of them are here already, and do not wait with the others: 1 for a caller who leads
     */
    @SuppressWarnings("ThreadPriorityCheck") // those who are waited for need a processor, perhaps this one
    void await(int here) {
        if (callers < 2 || waiters.count() >= callers - here) return;
        long began = nanoClock.getAsLong();
        long most = Math.min(MOST_NANOS, syncNanos / 2);
        while (waiters.count() < callers - here && nanoClock.getAsLong() - began < most) Thread.yield();
    }
}
