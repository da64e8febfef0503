package dev.nori.wal.segment;

import dev.nori.wal.frame.IndexEntry;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sparse index of a segment while it is being filled: the first frame of records at or after each 64 KiB. Becomes its
 * footer.
 *
 * <p>Filled by the callers in turn, or by who scans the segment; any thread may look something up at any time.
 */
public final class IndexBuilder {
    private final SegmentHeader header;
    private final ArrayList<IndexEntry> entries = new ArrayList<>(); // guarded by itself
    private long nextStep;
    private long firstTimeMillis;
    private long lastTimeMillis;
    private boolean any;

    /** The index of a segment without records. */
    public IndexBuilder(SegmentHeader header) {
        this.header = header;
        this.nextStep = header.basePosition();
        this.firstTimeMillis = header.baseTimeMillis();
        this.lastTimeMillis = header.baseTimeMillis();
    }

    /** Notes a frame that holds records; call it for each, in order. */
    public void note(long position, long sequence, long timeMillis, int generation) {
        if (!any) firstTimeMillis = timeMillis;
        any = true;
        lastTimeMillis = timeMillis;
        if (position < nextStep) return;
        int delta = (int) (timeMillis - header.baseTimeMillis());
        synchronized (entries) {
            entries.add(new IndexEntry(position, sequence, delta, generation));
        }
        long step = SegmentFooter.INDEX_STRIDE;
        nextStep = position - (position - header.basePosition()) % step + step;
    }

    /** What a look at the entries so far finds; it must not keep them. */
    public @Nullable IndexEntry find(Function<List<IndexEntry>, @Nullable IndexEntry> look) {
        synchronized (entries) {
            return look.apply(entries);
        }
    }

    /** When the last noted record was appended; the segment's base time if there is none. */
    public long lastTimeMillis() {
        return lastTimeMillis;
    }

    /** The footer of the segment, whose frames end at {@code endPosition}. */
    public SegmentFooter footer(long endPosition, long nextSequence, int generation) {
        List<IndexEntry> copy;
        synchronized (entries) {
            copy = List.copyOf(entries);
        }
        return new SegmentFooter(
                generation,
                header.logId(),
                header.segmentId(),
                header.basePosition(),
                endPosition,
                header.baseSequence(),
                nextSequence,
                firstTimeMillis,
                lastTimeMillis,
                copy);
    }
}
