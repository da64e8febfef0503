package dev.nori.wal.read;

import dev.nori.wal.LostRange;
import dev.nori.wal.Verdict;
import dev.nori.wal.WalException;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.IndexEntry;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.segment.SegmentCatalog;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The scan loop: goes from one frame of records to the next, across marks and segments, and holds the one it is at. Every way to
 * read the log goes through here.
 */
final class FrameWalk implements AutoCloseable {
    private SegmentCatalog catalog;
    private final LogWindow window;
    private final FrameCursor frame = new FrameCursor();

    private @Nullable SegmentHeader segment;
    private long position; // of the frame that is held, or where the next one is looked for
    private long sequence; // of the first record from there on
    private int generation; // in force there
    private boolean held;

    FrameWalk(LogSource source) {
        this.catalog = source.catalog();
        this.window = new LogWindow(source);
    }

    /** Goes on in the rooms that followed; {@link #enter} comes next. */
    void moveTo(LogSource next) {
        catalog = next.catalog();
        window.moveTo(next);
        held = false;
    }

    // ---- going

    /** Begins in a segment: at a frame that its index names, or at its start. */
    void enter(SegmentHeader next, @Nullable IndexEntry at) throws IoFailure {
        window.enter(next);
        segment = next;
        position = at == null ? next.basePosition() : at.position();
        sequence = at == null ? next.baseSequence() : at.sequence();
        generation = at == null ? next.generation() : at.generation();
        held = false;
    }

    /**
     * Holds the next frame of records, if it does not hold one.
     *
     * @param limit nothing from there on is looked at; the end of a frame
     * @return false if there is none before the limit
     */
    boolean hold(long limit) throws IoFailure {
        while (!held && position < limit) lookAtNext();
        return held && position < limit;
    }

    /** Goes on to the first frame of records that is not to be skipped; false if there is none before the limit. */
    boolean holdAfter(BooleanSupplier skipped, long limit) throws IoFailure {
        while (hold(limit)) {
            if (!skipped.getAsBoolean()) return true;
            leave();
        }
        return false;
    }

    /** Lets go of the frame. */
    void leave() {
        sequence += frame.recordCount();
        position += frame.frameBytes();
        held = false;
    }

    private void lookAtNext() throws IoFailure {
        switch (decode()) {
            case FRAME -> accept();
            case EMPTY, DAMAGED -> enterNext(frame.why());
            case INCOMPLETE -> enterNext("it ends with what was acknowledged");
            case UNSUPPORTED -> throw unsupported();
        }
    }

    private void accept() {
        held = frame.kind() != FrameKind.MARK;
        if (held) return;
        generation = frame.markGeneration();
        leave();
    }

    private FrameCursor.Outcome decode() throws IoFailure {
        long limit = segment().framesEndPosition() - position;
        long wanted = FrameLayout.HEADER_BYTES;
        while (true) {
            long available = limit <= 0 ? 0 : window.load(position, wanted);
            FrameCursor.Outcome outcome =
                    frame.decode(window.memory(), window.offset(position), available, position, generation, limit);
            if (outcome != FrameCursor.Outcome.INCOMPLETE || available < wanted) return outcome;
            wanted = frame.neededBytes();
        }
    }

    /** Goes on in the next segment, if this one ends here: what no longer counts may stand behind its end. */
    private void enterNext(String why) throws IoFailure {
        SegmentHeader next = catalog.after(segment());
        boolean goesOn = next != null
                && next.basePosition() == FrameLayout.blockCeil(position)
                && next.baseSequence() == sequence;
        if (!goesOn || next == null) throw damaged(why);
        enter(next, null);
    }

    // ---- what it is at

    /** Whether a frame is held. */
    boolean isHolding() {
        return held;
    }

    /** The frame that is held. */
    FrameCursor frame() {
        return frame;
    }

    /** The frame's bytes, to be shown to others; offsets are those of {@link #frame}. */
    MemorySegment readOnly() {
        return window.readOnly();
    }

    /** The same bytes. */
    MemorySegment memory() {
        return window.memory();
    }

    /** Where the frame stands, or where the next one is looked for. */
    long position() {
        return position;
    }

    /** Where the frame ends. */
    long endPosition() {
        return position + frame.frameBytes();
    }

    /** The number of the frame's first record. */
    long sequence() {
        return sequence;
    }

    /** The number of the first record behind the frame. */
    long nextSequence() {
        return sequence + frame.recordCount();
    }

    /** When the frame was appended, since 1970. */
    long millis() {
        return segment().baseTimeMillis() + Integer.toUnsignedLong(frame.timeDelta());
    }

    private SegmentHeader segment() {
        if (segment == null) throw new IllegalStateException("a walk begins with enter");
        return segment;
    }

    // ---- trouble

    /** The failure to throw when what stands here is not what was accepted. */
    WalException.Corrupt damaged(String why) {
        long offset = segment().offsetOf(position);
        String what = "the record at position %d (number %d) is damaged%s%s"
                .formatted(position, sequence, why.isEmpty() ? "" : ": ", why);
        return new WalException.Corrupt(
                "%s offset=%d: %s".formatted(name(), offset, what),
                new Verdict.Corrupt(name(), segment().segmentId(), offset, what, LostRange.at(position, sequence)));
    }

    private WalException.Unsupported unsupported() {
        return new WalException.Unsupported("%s offset=%d: the record at position %d cannot be read by this version: %s"
                .formatted(name(), segment().offsetOf(position), position, frame.why()));
    }

    private String name() {
        return SegmentName.of(segment().segmentId());
    }

    /** Gives the file back; {@link #enter} begins anew. */
    void rest() {
        window.leave();
        held = false;
    }

    /** Gives the file back for good. Any thread. */
    @Override
    public void close() {
        window.close();
    }
}
