package dev.nori.wal.recover;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.SegmentHeader;
import java.util.ArrayList;
import java.util.List;

/** A run while its frames are found, one after the other. */
final class RunBuilder {
    private final Place at;
    private final String why;
    private final List<ProvedRun.Piece> pieces = new ArrayList<>();
    private final long from;
    private long firstSequence;
    private long records;
    private SegmentHeader header;
    private long pieceFrom;
    private int pieceGeneration;
    private long end;
    private int generation;
    private long millis;
    private boolean isTimeGuessed;

    /**
     * A run that begins there.
     *
     * @param sequence of its first record; {@link ProvedRun#UNKNOWN} if nothing says so yet
     */
    RunBuilder(Place at, String why, SegmentHeader header, long from, int generation, long sequence) {
        this.at = at;
        this.why = why;
        this.from = from;
        this.firstSequence = sequence;
        this.header = header;
        this.pieceFrom = from;
        this.pieceGeneration = generation;
        this.end = from;
        this.generation = generation;
        this.millis = header.baseTimeMillis();
    }

    long end() {
        return end;
    }

    int generation() {
        return generation;
    }

    long millis() {
        return millis;
    }

    SegmentHeader header() {
        return header;
    }

    long segmentId() {
        return header.segmentId();
    }

    /** Number behind its last record; {@link ProvedRun#UNKNOWN} if nothing says so yet. */
    long nextSequence() {
        return firstSequence == ProvedRun.UNKNOWN ? ProvedRun.UNKNOWN : firstSequence + records;
    }

    /** Whether a number of the next record fits in with what is known. */
    boolean accepts(long sequence) {
        return firstSequence == ProvedRun.UNKNOWN ? sequence >= records : nextSequence() == sequence;
    }

    /** Goes on in the next segment. */
    void enter(SegmentHeader next, long sequence) {
        if (isTimeGuessed) endBefore(next.baseTimeMillis());
        isTimeGuessed = false;
        closePiece();
        number(sequence);
        header = next;
        pieceFrom = end = next.basePosition();
        pieceGeneration = generation = Recovery.higher(next.generation(), generation);
    }

    /** Nothing says when the segment began that it is in. */
    void guessedTimes() {
        isTimeGuessed = true;
    }

    /** The last record is not younger than the next segment. */
    private void endBefore(long nextMillis) {
        long began = Math.max(0, header.baseTimeMillis() - Math.max(0, millis - nextMillis));
        header = new SegmentHeader(
                header.logId(),
                header.segmentId(),
                header.basePosition(),
                header.baseSequence(),
                began,
                header.generation(),
                header.segmentBytes(),
                header.durablePosition());
    }

    /** What is known here numbers all that came before. */
    private void number(long sequence) {
        if (firstSequence == ProvedRun.UNKNOWN && sequence != ProvedRun.UNKNOWN) firstSequence = sequence - records;
    }

    /** Takes a frame; false if it is a mark that counts otherwise. */
    boolean take(FrameCursor frame) {
        if (frame.kind() == FrameKind.MARK) {
            if (!accepts(frame.markSequence())) return false;
            number(frame.markSequence());
            generation = frame.markGeneration();
        } else {
            records += frame.recordCount();
            millis = header.baseTimeMillis() + Integer.toUnsignedLong(frame.timeDelta());
        }
        end += frame.frameBytes();
        return true;
    }

    private void closePiece() {
        if (end > pieceFrom) pieces.add(new ProvedRun.Piece(header, pieceFrom, end, pieceGeneration));
    }

    ProvedRun build() {
        List<ProvedRun.Piece> all = new ArrayList<>(pieces);
        if (end > pieceFrom) all.add(new ProvedRun.Piece(header, pieceFrom, end, pieceGeneration));
        return new ProvedRun(at, why, from, end, firstSequence, records, List.copyOf(all));
    }
}
