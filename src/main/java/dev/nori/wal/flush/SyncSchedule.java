package dev.nori.wal.flush;

import dev.nori.wal.FsyncPolicy;

/**
 * When the policy wants a sync. For {@code Batch} the clock runs from the oldest byte that is not durable: it is started when
 * such a byte is first seen, and when a sync begins, for the bytes that the sync does not cover.
 */
final class SyncSchedule {
    private static final long NOT_RUNNING = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;

    private final FsyncPolicy policy;
    private long deadlineNanos = NOT_RUNNING;

    SyncSchedule(FsyncPolicy policy) {
        this.policy = policy;
    }

    /** Whether every append is to be durable before it is acknowledged. */
    boolean isAlways() {
        return policy instanceof FsyncPolicy.Always;
    }

    /** There is a byte that is not durable. */
    void sawUndurable(long nowNanos) {
        if (deadlineNanos != NOT_RUNNING) return;
        deadlineNanos = switch (policy) {
            case FsyncPolicy.Always a -> nowNanos;
            case FsyncPolicy.Batch batch -> nowNanos + batch.window().toNanos();
            case FsyncPolicy.Os os -> NEVER;
        };
    }

    /** A sync that began at {@code beganNanos} is done; what came after it may be as old as that. */
    void synced(long beganNanos, boolean allDurable) {
        deadlineNanos = NOT_RUNNING;
        if (!allDurable) sawUndurable(beganNanos);
    }

    boolean isDue(long nowNanos) {
        return deadlineNanos != NOT_RUNNING && deadlineNanos != NEVER && nowNanos - deadlineNanos >= 0;
    }

    /** Nanoseconds until the sync is due, at most {@code limit}. */
    long nanosLeft(long nowNanos, long limit) {
        if (deadlineNanos == NOT_RUNNING || deadlineNanos == NEVER) return limit;
        return Math.clamp(deadlineNanos - nowNanos, 0, limit);
    }
}
