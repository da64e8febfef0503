package dev.nori.wal.recover;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.segment.SegmentWindow;

/** Asks of places in a segment's file whether a frame stands there. Uses a window that others may use before and after it. */
final class FrameProbe {
    private final SegmentWindow window;
    private final FrameCursor cursor = new FrameCursor();

    FrameProbe(SegmentWindow window) {
        this.window = window;
    }

    /** Turns to a file. */
    void lookAt(LogFile file) {
        window.lookAt(file);
    }

    /** What was found at the last place. */
    FrameCursor cursor() {
        return cursor;
    }

    /** The memory in which it was found. */
    SegmentWindow window() {
        return window;
    }

    /** Looks at one place of the file that {@link #lookAt} named. */
    FrameCursor.Outcome at(SegmentHeader header, long position, int generation) throws IoFailure {
        long needed = FrameLayout.HEADER_BYTES;
        while (true) {
            long offset = header.offsetOf(position);
            long limit = header.framesEndOffset() - offset;
            long available = Math.min(limit, window.load(offset, Math.min(needed, limit)));
            FrameCursor.Outcome found =
                    cursor.decode(window.memory(), window.offset(offset), available, position, generation, limit);
            if (found != FrameCursor.Outcome.INCOMPLETE || cursor.neededBytes() <= available) return found;
            if (available < needed) return found; // the file ends before the frame does
            needed = cursor.neededBytes();
        }
    }
}
