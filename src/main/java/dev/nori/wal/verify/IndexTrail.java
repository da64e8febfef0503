package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.WrongFooter;
import dev.nori.wal.frame.IndexEntry;
import dev.nori.wal.frame.SegmentFooter;
import java.util.List;

/** Follows the index of a footer while the frames it speaks of are walked: each entry must name one, and say the same of it. */
final class IndexTrail {
    private final SegmentFooter footer;
    private final List<IndexEntry> entries;
    private final long offset;
    private final Findings findings;
    private int next;
    private int named;

    /**
     * Before the first frame.
     *
     * @param offset where in the file the footer's room begins
     */
    IndexTrail(SegmentFooter footer, long offset, Findings findings) {
        this.footer = footer;
        this.offset = offset;
        this.entries = footer.entries();
        this.findings = findings;
    }

    /** Whether an entry names that position. Positions must grow from question to question; a search may run ahead of the walk. */
    boolean names(long position) {
        while (named < entries.size() && entries.get(named).position() < position) named++;
        return named < entries.size() && entries.get(named).position() == position;
    }

    /** Of the entry that {@link #names} found. */
    int generation() {
        return entries.get(named).generation();
    }

    /** What stands between two positions cannot be held against the entries. */
    void skip(long from, long to) {
        passBefore(from);
        while (next < entries.size() && entries.get(next).position() < to) next++;
    }

    /**
     * A frame of records is passed.
     *
     * @param sequence of its first record; below 0 if that is not known
     * @return the sequence number that the index gives it; below 0 if it does not speak of it
     */
    long pass(long position, long sequence, int timeDelta, int generation) {
        passBefore(position);
        if (next == entries.size() || entries.get(next).position() != position) return -1;
        IndexEntry entry = entries.get(next++);
        long expected = sequence < 0 ? entry.sequence() : sequence;
        IndexEntry is = new IndexEntry(position, expected, timeDelta, generation);
        if (!entry.equals(is)) wrong(entry, "the frame is " + words(is));
        return entry.sequence();
    }

    /** There are no more frames. */
    void end() {
        passBefore(Long.MAX_VALUE);
    }

    private void passBefore(long position) {
        while (next < entries.size() && entries.get(next).position() < position) {
            wrong(entries.get(next++), "no frame begins there");
        }
    }

    private void wrong(IndexEntry entry, String what) {
        findings.add(new WrongFooter(
                Places.inSegment(footer.segmentId(), offset), "the index names " + words(entry) + ", " + what));
    }

    private static String words(IndexEntry entry) {
        return "record %d at position %d, %d ms, generation %s"
                .formatted(
                        entry.sequence(),
                        entry.position(),
                        entry.timeDeltaMillis(),
                        Integer.toUnsignedString(entry.generation()));
    }
}
