package dev.nori.wal.recover;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.segment.SegmentWindow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Looks behind the end of the frames: how much is there, and does any mark of the log prove that more had been durable? A mark
 * proves itself wherever it stands, so the search needs no chain of frames to reach it.
 */
final class TailSearch {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int STEP_BYTES = 8;
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[FrameLayout.BLOCK_BYTES]);

    private final FrameCursor cursor = new FrameCursor();
    private final SegmentWindow window;
    private final int minGeneration;
    private long bytes;
    private long durable;
    private int generation;
    private long sequence;

    /** Counts marks of that generation and later ones; older ones were left behind by what was cut before. */
    TailSearch(SegmentWindow window, int minGeneration) {
        this.window = window;
        this.minGeneration = minGeneration;
        this.generation = minGeneration;
    }

    /** Bytes up to the last one that is not zero, over all segments searched. */
    long bytes() {
        return bytes;
    }

    /** The highest position that a mark says was durable; 0 if there is none. */
    long durable() {
        return durable;
    }

    /** The highest number of a next record that a mark names; 0 if there is none. */
    long sequence() {
        return sequence;
    }

    /** The highest generation seen. */
    int generation() {
        return generation;
    }

    /**
     * Searches the room for frames of a segment from a position on.
     *
     * @param most how many bytes of it
     */
    void search(SegmentHeader header, LogFile file, long fromPosition, long most) throws IoFailure {
        window.lookAt(file);
        long from = header.offsetOf(fromPosition);
        long room = header.framesEndOffset();
        long end = room - from > most ? from + most : room;
        long lastUsed = from;
        for (long at = FrameLayout.blockFloor(from); at < end; at += FrameLayout.BLOCK_BYTES) {
            long available = window.load(at, FrameLayout.BLOCK_BYTES);
            if (available < FrameLayout.BLOCK_BYTES) break;
            MemorySegment block = window.memory().asSlice(window.offset(at), FrameLayout.BLOCK_BYTES);
            if (block.mismatch(ZEROS) == -1) continue;
            long skip = Math.max(0, from - at);
            lastUsed = Math.max(lastUsed, at + lastUsedByte(block, skip));
            searchBlock(header, at, skip, Math.min(end - at, available));
        }
        bytes += lastUsed - from;
    }

    private static long lastUsedByte(MemorySegment block, long skip) {
        long last = block.byteSize();
        while (last > skip && block.get(ValueLayout.JAVA_BYTE, last - 1) == 0) last--;
        return last;
    }

    private void searchBlock(SegmentHeader header, long at, long skip, long available) {
        long base = window.offset(at);
        for (long i = skip; i < FrameLayout.BLOCK_BYTES && available - i >= FrameLayout.MARK_BYTES; i += STEP_BYTES) {
            long word1 = window.memory().get(LONG, base + i + STEP_BYTES);
            if ((word1 & 0xFFFF_FFFFL) != FrameKind.MARK) continue; // no flags, no key
            long room = available - i;
            FrameCursor.Outcome outcome =
                    cursor.decode(window.memory(), base + i, room, header.positionAt(at + i), minGeneration, room);
            if (outcome != FrameCursor.Outcome.FRAME) continue;
            durable = Math.max(durable, cursor.markDurable());
            sequence = Math.max(sequence, cursor.markSequence());
            if (Integer.compareUnsigned(cursor.markGeneration(), generation) > 0) generation = cursor.markGeneration();
        }
    }
}
