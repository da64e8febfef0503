package dev.nori.wal.fuzz;

import dev.nori.wal.codec.CodecException;
import dev.nori.wal.codec.Codecs;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameLayout;
import java.lang.foreign.MemorySegment;

/** Frames, one behind the other: each is judged, and the records of those that are accepted can be taken out. */
public final class FrameTarget {
    private static final long POSITION = 8192;
    private static final int GENERATION = 3;

    private FrameTarget() {}

    /** The bytes as they are, and with a right checksum for each frame. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        walk(bytes);
        byte[] sealed = bytes.clone();
        int at = 0;
        for (int length = 1; length > 0; at += length) length = Seal.frame(sealed, at, POSITION + at, GENERATION);
        walk(sealed);
    }

    private static void walk(byte[] bytes) {
        MemorySegment window = MemorySegment.ofArray(bytes);
        FrameCursor cursor = new FrameCursor();
        long at = 0;
        while (cursor.decode(window, at, bytes.length - at, POSITION + at, GENERATION, FrameLayout.MAX_PAYLOAD_BYTES)
                == FrameCursor.Outcome.FRAME) {
            for (int i = 0; i < cursor.recordCount(); i++) load(cursor, i);
            at += cursor.frameBytes();
            if (at > bytes.length) throw new AssertionError("a frame that ends at %d".formatted(at));
        }
    }

    private static void load(FrameCursor cursor, int i) {
        try {
            Codecs.load(cursor.record(i));
        } catch (CodecException e) {
            if (String.valueOf(e.getMessage()).isEmpty()) throw new AssertionError("no reason", e);
        }
    }
}
