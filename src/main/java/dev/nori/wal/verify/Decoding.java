package dev.nori.wal.verify;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.segment.SegmentWindow;

/** Brings as much of a frame into the window as it takes to judge it. */
final class Decoding {
    private Decoding() {}

    /**
     * Decodes what stands at a position.
     *
     * @param room bytes that a frame may take there
     * @return never {@link FrameCursor.Outcome#INCOMPLETE} but where the file ends first
     */
    static FrameCursor.Outcome decode(
            FrameCursor cursor, SegmentWindow window, SegmentHeader header, long position, int generation, long room)
            throws IoFailure {
        long offset = header.offsetOf(position);
        long needed = FrameLayout.HEADER_BYTES;
        while (true) {
            long available = Math.min(room, window.load(offset, Math.min(needed, room)));
            FrameCursor.Outcome found =
                    cursor.decode(window.memory(), window.offset(offset), available, position, generation, room);
            if (found != FrameCursor.Outcome.INCOMPLETE || cursor.neededBytes() <= available) return found;
            if (available < needed) return found; // the file ends before the frame does
            needed = cursor.neededBytes();
        }
    }
}
