package dev.nori.wal;

/**
 * A version that travels with a record, such as a Raft term and index. Stored and given back, never interpreted.
 *
 * @param term any number; compared first
 * @param index any number; compared second
 */
public record Version(long term, long index) implements Comparable<Version> {
    @Override
    public int compareTo(Version other) {
        int byTerm = Long.compareUnsigned(term, other.term);
        return byTerm != 0 ? byTerm : Long.compareUnsigned(index, other.index);
    }
}
