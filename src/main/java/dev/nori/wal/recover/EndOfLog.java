package dev.nori.wal.recover;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.recover.FactFinding.Scene;
import dev.nori.wal.recover.Facts.End;

/** What follows the last frame, and where it stands: in the segment of that frame, or where the next one should begin. */
final class EndOfLog {
    private final Scene scene;
    private final SegmentChain chain;

    EndOfLog(Scene scene) {
        this.scene = scene;
        this.chain = scene.chain();
    }

    End end() throws IoFailure {
        if (isClosed()) return new End.Closed(here());
        long next = chain.nextId();
        String wrong = scene.files().has(next) ? wrongWithNext(next) : null;
        if (wrong != null) return new End.Broken(new Place(SegmentName.of(next), next, 0), wrong);
        SegmentScan scan = chain.lastScan();
        if (scan == null || scan.outcome() == FrameCursor.Outcome.EMPTY) return new End.Zeros(here());
        return new End.Broken(here(), scan.why());
    }

    /**
     * What a recycled file held before may begin right behind the mark of an orderly close, if that ends a block. An open that had gone
     * on there would have left a mark that is durable.
     */
    private boolean isClosed() {
        long end = chain.end().position();
        return chain.isClosedBeforeZeros() || (chain.isClosed() && FrameLayout.blockFloor(end) == end);
    }

    private Place here() {
        SegmentScan scan = chain.lastScan();
        if (scan == null) return new Place(SegmentName.of(chain.nextId()), chain.nextId(), 0);
        long id = scan.header().segmentId();
        return new Place(
                SegmentName.of(id), id, scan.header().offsetOf(chain.end().position()));
    }

    /** A segment of which others know that it was begun has lost its header; one that nobody knows of may never have had any. */
    private @org.jspecify.annotations.Nullable String wrongWithoutHeader(long id) throws IoFailure {
        boolean isBegun = scene.files().isBegun(id);
        boolean isSealedBefore = chain.known() && chain.lastScan() == null;
        if (isBegun && isSealedBefore) return "the header is damaged, or another segment's";
        if (chain.lastBegunId() > id)
            return isBegun ? "the header is damaged, or another segment's" : "the header is gone";
        if (!chain.known() || !scene.goesOnWithoutHeader(id)) return null;
        return isBegun ? "the header is damaged" : "the header is gone, its records are there";
    }

    /** Why the next segment does not go on here, if it would have to. */
    private @org.jspecify.annotations.Nullable String wrongWithNext(long id) throws IoFailure {
        SegmentHeader header = scene.files().header(id);
        long base = FrameLayout.blockCeil(chain.end().position());
        if (header == null) return wrongWithoutHeader(id);
        boolean left = Integer.compareUnsigned(header.generation(), chain.end().generation()) < 0;
        boolean tooEarly = header.basePosition() > base
                || header.baseSequence() > chain.end().sequence();
        if (tooEarly || left) return null; // it is this one that ends too early, or that one was cut off
        return "the segment begins at position %d with record %d, the one before it ends at %d before %d"
                .formatted(
                        header.basePosition(),
                        header.baseSequence(),
                        chain.end().position(),
                        chain.end().sequence());
    }
}
