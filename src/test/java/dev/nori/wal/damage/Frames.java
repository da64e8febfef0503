package dev.nori.wal.damage;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the frames of a sound log stand in its files. */
final class Frames {
    private final Map<String, int[]> bounds = new HashMap<>();

    Frames(Image image) {
        image.files().forEach((name, bytes) -> {
            SegmentHeader header = name.endsWith(".wal") ? Claims.header(bytes) : null;
            if (header != null) bounds.put(name, bounds(bytes, header));
        });
    }

    private static int[] bounds(byte[] bytes, SegmentHeader header) {
        List<Integer> bounds = new ArrayList<>();
        int end = walk(bytes, header, (cursor, offset) -> bounds.add(offset));
        bounds.add(end);
        return bounds.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Where the frame begins that holds a byte; where the frames end for a byte behind them. */
    int startOf(String name, int offset) {
        int[] starts = bounds.get(name);
        int start = FrameLayout.BLOCK_BYTES;
        if (starts == null) return start;
        for (int each : starts) if (each <= offset) start = each;
        return start;
    }

    /** Where the frames of a segment end. */
    int endOf(String name) {
        int[] starts = bounds.get(name);
        return starts == null ? FrameLayout.BLOCK_BYTES : starts[starts.length - 1];
    }

    /** Whether a segment was begun. */
    boolean has(String name) {
        return bounds.containsKey(name);
    }

    /** Looks at one frame. */
    interface Visitor {
        void visit(FrameCursor frame, int offset);
    }

    /** Goes from frame to frame; returns where they end. */
    static int walk(byte[] bytes, SegmentHeader header, Visitor visitor) {
        FrameCursor cursor = new FrameCursor();
        MemorySegment memory = MemorySegment.ofArray(bytes);
        int generation = header.generation();
        long position = header.basePosition();
        while (true) {
            long room = header.framesEndPosition() - position;
            long offset = header.offsetOf(position);
            boolean isFrame =
                    cursor.decode(memory, offset, room, position, generation, room) == FrameCursor.Outcome.FRAME;
            if (!isFrame) return (int) offset;
            if (cursor.kind() == FrameKind.MARK) generation = cursor.markGeneration();
            visitor.visit(cursor, (int) offset);
            position += cursor.frameBytes();
        }
    }
}
