package dev.nori.wal.read;

import dev.nori.wal.ReadBound;
import dev.nori.wal.handoff.Failure;
import dev.nori.wal.handoff.Followers;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A reader's wait at the end of the log: sleeps until the log moves, fails or is closed, or the reader is. */
final class Vigil {
    /** Nobody is left asleep: should a wake-up ever be lost, this is what it costs. */
    private static final long NAP_NANOS = 1_000_000_000;

    private final ReadBound bound;
    private LogSource source;
    private volatile Followers.Follower follower;

    Vigil(LogSource source, ReadBound bound) {
        this.bound = bound;
        this.source = source;
        this.follower = source.followers(bound).new Follower();
    }

    /** The rooms were exchanged; a look may find that out in the middle of a wait. */
    void moveTo(LogSource next) {
        follower.getUp();
        source = next;
        follower = next.followers(bound).new Follower();
    }

    /**
     * Waits.
     *
     * @param look whether there is something to read; throws if the log or the reader was closed
     * @return what the last look said
     */
    boolean keep(Duration atMost, BooleanSupplier look) throws InterruptedException {
        if (atMost.isNegative()) throw new IllegalArgumentException("a wait must be >= 0: " + atMost);
        if (Thread.interrupted()) throw new InterruptedException();
        if (isThere(look)) return true;
        return atMost.isPositive() && sleep(nanos(atMost), look);
    }

    private boolean sleep(long nanos, BooleanSupplier look) throws InterruptedException {
        long began = System.nanoTime();
        try {
            for (int round = 0; ; round++) {
                Followers.Follower here = follower;
                here.lieDown();
                if (isThere(look)) return true;
                if (here != follower) continue; // nobody would wake us there
                long left = nanos - (System.nanoTime() - began);
                if (left <= 0) return false;
                source.idle().idle(round, Math.min(left, NAP_NANOS));
                if (Thread.interrupted()) throw new InterruptedException();
            }
        } finally {
            follower.getUp();
        }
    }

    /** Throws if there is nothing and never will be. */
    private boolean isThere(BooleanSupplier look) {
        if (look.getAsBoolean()) return true;
        Failure failure = source.stage().failure();
        if (!failure.isLatched()) return false;
        if (look.getAsBoolean()) return true; // it came before the failure, and after the first look
        failure.check();
        return false;
    }

    private static long nanos(Duration time) {
        return time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? time.toNanos() : Long.MAX_VALUE;
    }

    /** Ends a wait that is under way: the reader was closed. */
    void end() {
        follower.wakeUp();
    }
}
