package dev.nori.wal.recover;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.Marks;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.segment.IndexBuilder;
import dev.nori.wal.segment.SegmentWindow;
import java.lang.foreign.MemorySegment;

/**
 * One segment that is not sealed: walks its frames until there is none, and remembers how far it got.
 */
final class SegmentScan {
    private static final long PIECE_BYTES = 1 << 20;
    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[FrameLayout.HEADER_BYTES]);

    private final SegmentHeader header;
    private final LogFile file;
    private final IndexBuilder index;
    private final long limit;
    private final FrameProbe probe;
    private ScanState state;
    private FrameCursor.Outcome outcome = FrameCursor.Outcome.EMPTY;
    private String why = "";

    /**
     * A scan that uses a window that others may use before and after it.
     *
     * @param limit a position at which it ends whatever stands there
     */
    SegmentScan(SegmentHeader header, LogFile file, SegmentWindow window, ScanState entering, long limit) {
        this.header = header;
        this.file = file;
        this.probe = new FrameProbe(window);
        this.index = new IndexBuilder(header);
        this.state = entering;
        this.limit = limit;
    }

    SegmentHeader header() {
        return header;
    }

    LogFile file() {
        return file;
    }

    IndexBuilder index() {
        return index;
    }

    /** What is known behind the last frame. */
    ScanState state() {
        return state;
    }

    /** What there was instead of another frame. */
    FrameCursor.Outcome outcome() {
        return outcome;
    }

    /** Says why it is no frame. */
    String why() {
        return why;
    }

    /** Walks on from where it stopped; again after the file was written to. */
    void run() throws IoFailure {
        probe.lookAt(file);
        do {
            outcome = state.position() < limit ? decode() : FrameCursor.Outcome.EMPTY;
        } while (outcome == FrameCursor.Outcome.FRAME && step());
        if (outcome == FrameCursor.Outcome.UNSUPPORTED) {
            throw new WalException.Unsupported("%s offset=%d: %s"
                    .formatted(SegmentName.of(header.segmentId()), header.offsetOf(state.position()), why));
        }
    }

    /**
     * Writes once more what no sync is known to have covered, to be synced then. Where a sync has failed the kernel may show
     * bytes that are not on the disk and hold them for written: syncing them again would succeed on nothing.
     */
    void writeAnew(long durable) throws IoFailure {
        boolean withHeader = durable <= header.basePosition();
        if (!withHeader && durable >= state.position()) return;
        long at = withHeader ? 0 : header.offsetOf(FrameLayout.blockFloor(durable));
        long end = header.offsetOf(FrameLayout.blockCeil(state.position()));
        MemorySegment buffer = AlignedMemory.blocks(Math.min(PIECE_BYTES, end - at));
        while (at < end) {
            MemorySegment piece = buffer.asSlice(0, Math.min(buffer.byteSize(), end - at));
            file.read(at, piece);
            file.write(at, piece);
            at += piece.byteSize();
        }
    }

    private FrameCursor.Outcome decode() throws IoFailure {
        FrameCursor.Outcome found = probe.at(header, state.position(), state.generation());
        why = probe.cursor().why();
        if (found != FrameCursor.Outcome.INCOMPLETE) return found;
        if (endsInZeros(header.offsetOf(state.position()))) return FrameCursor.Outcome.EMPTY;
        why = "the file ends within a frame";
        return found;
    }

    /** Whether the file ends there, or too soon behind it for a frame, and nothing of one is there. */
    private boolean endsInZeros(long offset) throws IoFailure {
        long left = probe.window().load(offset, FrameLayout.HEADER_BYTES);
        if (left >= FrameLayout.HEADER_BYTES) return false;
        MemorySegment rest = probe.window().memory().asSlice(probe.window().offset(offset), left);
        return rest.mismatch(NOTHING.asSlice(0, left)) == -1;
    }

    /** Takes the frame that was found; false if it does not fit in with what came before. */
    private boolean step() {
        FrameCursor cursor = probe.cursor();
        long end = state.position() + cursor.frameBytes();
        if (cursor.kind() != FrameKind.MARK) {
            long time = header.baseTimeMillis() + Integer.toUnsignedLong(cursor.timeDelta());
            index.note(state.position(), state.sequence(), time, state.generation());
            state = state.afterRecords(end, cursor.recordCount(), time);
            return true;
        }
        if (cursor.markSequence() != state.sequence()) {
            why = "a mark expects record %d, the log is at %d".formatted(cursor.markSequence(), state.sequence());
            outcome = FrameCursor.Outcome.DAMAGED;
            return false;
        }
        boolean close = cursor.markReason() == Marks.CLOSE;
        state = state.afterMark(end, cursor.markGeneration(), cursor.markDurable(), close);
        return true;
    }
}
