package dev.nori.wal.segment;

import java.util.TreeMap;

/**
 * Which segments somebody reads, and the first one that is still the log's. A segment that is pinned is not trimmed, nor is one
 * behind it: the log never has a hole. Outlives the rooms of a log that are exchanged under its readers. For any thread.
 */
public final class SegmentPins {
    private final TreeMap<Long, Integer> readers = new TreeMap<>(); // by segment id; guarded by this
    private long first; // guarded by this

    /** Nobody reads yet, in a log that begins with that segment. */
    public SegmentPins(long first) {
        this.first = first;
    }

    /** Keeps a segment from being trimmed until {@link #unpin}; false if it already was. */
    public synchronized boolean pin(long id) {
        if (id < first) return false;
        readers.merge(id, 1, Integer::sum);
        return true;
    }

    /** Ends one {@link #pin}. */
    public synchronized void unpin(long id) {
        readers.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Lets the log begin later, as far as nobody reads: from here on nobody can pin what lies before.
     *
     * @param wanted the segment that is to be the first
     * @return the one that is
     */
    public synchronized long advanceTo(long wanted) {
        Long oldest = readers.ceilingKey(first); // what lies before is gone already, whoever has not noticed yet
        long reached = oldest == null ? wanted : Math.min(wanted, oldest);
        first = Math.max(first, reached);
        return first;
    }

    /** Lets the log begin later whoever reads. */
    public synchronized void forceTo(long wanted) {
        first = Math.max(first, wanted);
    }
}
