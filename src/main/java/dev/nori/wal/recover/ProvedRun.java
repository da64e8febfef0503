package dev.nori.wal.recover;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.SegmentWindow;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Frames that stand one behind the other, each proved by its checksum, with a hole before and behind.
 *
 * @param at where it begins
 * @param why what stands before it is no part of it
 * @param from position of its first frame
 * @param to end of its last frame
 * @param firstSequence number of its first record; {@link #UNKNOWN} if nothing says so
 * @param records how many it has
 * @param pieces in which segments
 */
public record ProvedRun(
        Place at, String why, long from, long to, long firstSequence, long records, List<Piece> pieces) {
    /** No number. */
    public static final long UNKNOWN = -1;

    /**
     * The part of it in one segment.
     *
     * @param header of the segment, or what it must have been
     * @param from position of the first frame
     * @param to end of the last one
     * @param generation in force at {@code from}
     */
    public record Piece(SegmentHeader header, long from, long to, int generation) {}

    /** Takes the frames that hold records. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes one; what it is shown is good until it returns. */
        void visit(FrameCursor frame, MemorySegment memory, long millis) throws IoFailure;
    }

    /** Number behind its last record. */
    public long nextSequence() {
        return firstSequence == UNKNOWN ? UNKNOWN : firstSequence + records;
    }

    /** Shows all frames that hold records, in order. */
    public void visit(Storage storage, Visitor visitor) throws IoFailure {
        FrameProbe probe = new FrameProbe(new SegmentWindow());
        for (Piece piece : pieces) {
            try (LogFile file = storage.open(SegmentName.of(piece.header().segmentId()), Storage.Access.READ)) {
                probe.lookAt(file);
                visit(piece, probe, visitor);
            }
        }
    }

    private static void visit(Piece piece, FrameProbe probe, Visitor visitor) throws IoFailure {
        int generation = piece.generation();
        for (long at = piece.from(); at < piece.to(); at += probe.cursor().frameBytes()) {
            if (probe.at(piece.header(), at, generation) != FrameCursor.Outcome.FRAME) {
                throw new IllegalStateException("the files were changed meanwhile: no frame any more at " + at);
            }
            FrameCursor frame = probe.cursor();
            if (frame.kind() == FrameKind.MARK) {
                generation = frame.markGeneration();
                continue;
            }
            long millis = piece.header().baseTimeMillis() + Integer.toUnsignedLong(frame.timeDelta());
            visitor.visit(frame, probe.window().memory(), millis);
        }
    }
}
