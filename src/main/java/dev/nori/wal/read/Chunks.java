package dev.nori.wal.read;

import dev.nori.wal.frame.IndexEntry;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.segment.SegmentCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an extent into chunks that can be read on their own, one after the other: at the frames that the sparse indexes
 * name. A segment without an index is one chunk.
 */
final class Chunks {
    /** A chunk ends with the first frame that an index names after so many bytes. */
    static final long BYTES = 512 << 10;

    private final Extent extent;
    private long position;

    /**
     * A part of the log.
     *
     * @param from where a record starts or ends
     * @param to as {@code from}, or the base of a segment
     */
    record Chunk(long from, long to) {}

    Chunks(Extent extent) {
        this.extent = extent;
        this.position = extent.from().bytes();
    }

    /** The next chunk; null at the end. */
    @Nullable Chunk next() {
        if (position >= extent.end()) return null;
        long from = position;
        position = Math.min(extent.end(), extent.ask(now -> cutAfter(now.catalog(), from)));
        return new Chunk(from, position);
    }

    private long cutAfter(SegmentCatalog catalog, long from) throws IoFailure {
        SegmentHeader segment = catalog.floor(from);
        if (from < segment.basePosition()) throw Seek.trimmed("position " + from, segment);
        IndexEntry cut = catalog.find(segment, index -> SegmentFooter.ceilingByPosition(index, from + BYTES));
        if (cut != null) return cut.position();
        SegmentHeader after = catalog.after(segment);
        return after == null ? extent.end() : after.basePosition();
    }
}
