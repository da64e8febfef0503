package dev.nori.wal.verify;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.segment.SegmentWindow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Looks behind a place where there is no frame for the next one that proves itself: a mark, a frame of the same generation, or one that
 * the index names. What is no frame may claim any length, so only so many bytes are summed up in vain: large frames are left to the
 * index, and beyond {@link #BUDGET_FACTOR} times the segment all but marks are.
 */
final class Search {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[FrameLayout.BLOCK_BYTES]);
    private static final int STEP_BYTES = 8;
    private static final long LARGE_FRAME_BYTES = 64 << 10;
    private static final long BUDGET_FACTOR = 2;
    private static final long NOWHERE = -1;

    private final SegmentHeader header;
    private final SegmentWindow window;
    private final FrameCursor cursor;
    private long budgetBytes;

    /** A search in the segment that the window looks at. */
    Search(SegmentHeader header, SegmentWindow window, FrameCursor cursor) {
        this.header = header;
        this.window = window;
        this.cursor = cursor;
        this.budgetBytes = BUDGET_FACTOR * header.segmentBytes();
    }

    /**
     * The next frame.
     *
     * @param from where to begin
     * @param end where it must end at the latest
     * @param generation of frames that are no marks
     * @param index names frames and their generations; may be null
     * @return its position; -1 if there is none
     */
    long frame(long from, long end, int generation, @Nullable IndexTrail index) throws IoFailure {
        return next(from, end, generation, index, FrameKind.PUT);
    }

    /** The highest position that a mark from there on says was durable; 0 if there is none. */
    long durable(long from, int minGeneration) throws IoFailure {
        long durable = 0;
        long end = header.framesEndPosition();
        long at = next(from, end, minGeneration, null, FrameKind.MARK);
        while (at != NOWHERE) {
            durable = Math.max(durable, cursor.markDurable());
            at = next(at + FrameLayout.MARK_BYTES, end, minGeneration, null, FrameKind.MARK);
        }
        return durable;
    }

    private long next(long from, long end, int generation, @Nullable IndexTrail index, byte leastKind)
            throws IoFailure {
        long at = from;
        while (end - at >= FrameLayout.HEADER_BYTES) {
            long left = window.load(header.offsetOf(at), FrameLayout.HEADER_BYTES);
            if (left < FrameLayout.HEADER_BYTES) return NOWHERE;
            if (isZeroBlock(at, left)) {
                at += FrameLayout.BLOCK_BYTES;
                continue;
            }
            boolean indexed = index != null && index.names(at);
            int inForce = index != null && indexed ? index.generation() : generation;
            if (isWorthIt(at, end, leastKind, indexed) && isFrame(at, end, inForce)) return at;
            at += STEP_BYTES;
        }
        return NOWHERE;
    }

    private boolean isZeroBlock(long at, long left) {
        if (at % FrameLayout.BLOCK_BYTES != 0 || left < FrameLayout.BLOCK_BYTES) return false;
        long offset = window.offset(header.offsetOf(at));
        return MemorySegment.mismatch(
                        window.memory(), offset, offset + FrameLayout.BLOCK_BYTES, ZEROS, 0, FrameLayout.BLOCK_BYTES)
                == -1;
    }

    private boolean isWorthIt(long at, long end, byte leastKind, boolean indexed) {
        long offset = window.offset(header.offsetOf(at));
        byte kind = window.memory().get(ValueLayout.JAVA_BYTE, offset + STEP_BYTES);
        if (kind < leastKind || kind > FrameKind.MARK) return indexed;
        long frameBytes = FrameLayout.frameBytes(window.memory().get(LONG, offset) >>> Integer.SIZE);
        if (frameBytes > end - at) return false;
        if (indexed || (kind == FrameKind.MARK && frameBytes == FrameLayout.MARK_BYTES)) return true;
        if (leastKind == FrameKind.MARK || frameBytes > LARGE_FRAME_BYTES || frameBytes > budgetBytes) return false;
        budgetBytes -= frameBytes;
        return true;
    }

    private boolean isFrame(long at, long end, int generation) throws IoFailure {
        FrameCursor.Outcome outcome = Decoding.decode(cursor, window, header, at, generation, end - at);
        return outcome == FrameCursor.Outcome.FRAME || outcome == FrameCursor.Outcome.UNSUPPORTED;
    }
}
