package dev.nori.wal.io.sim;

import java.util.Optional;

/**
 * A moment in a {@link Journal} at which the world ends: after {@code events} of its events.
 *
 * <p>After the begin of a call is within it; after its end is also before the next one.
 */
public record CrashPoint(Journal journal, int events) {
    /**
     * The disks that a power cut at this moment can leave: all of them if they are at most {@code limit}, else
     * {@code limit} drawn from {@code seed}, of which the first has lost and the second kept all it may.
     */
    public CrashStates powerCuts(long limit, long seed) {
        return PowerCuts.of(this, journal.stateAt(events), limit, seed);
    }

    /**
     * The disks that the next process finds if this one dies at this moment: whatever was written is in the
     * page cache, and the calls under way have got any part of their way. Still to be lost by a power cut.
     */
    public CrashStates kills(long limit, long seed) {
        return Kills.of(this, journal.stateAt(events), limit, seed);
    }

    /** The newest {@link SimDisk#note} of that type that had been taken when the world ended. */
    public <T> Optional<T> lastNote(Class<T> type) {
        return journal.lastNote(events, type);
    }

    /** The call that began or ended last; empty before the first. */
    public Optional<Op> op() {
        return journal.opAt(events);
    }

    @Override
    public String toString() {
        return "point " + events + " (" + journal.describe(events) + ")";
    }
}
