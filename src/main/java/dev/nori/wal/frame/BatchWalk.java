package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Goes from record to record through the payload of a batch. Going on to the next record costs no search. */
final class BatchWalk {
    private static final int KIND_OFFSET = 4;
    private static final int FLAGS_OFFSET = 5;
    private static final int KEY_FIELD_OFFSET = 6;

    private final RecordShape shape;
    private MemorySegment window = MemorySegment.NULL;
    private long frameOffset;
    private long endOffset;
    private int count;
    private int current;
    private long currentOffset;
    private long currentEnd;
    private long payloadBytes;

    BatchWalk(RecordShape shape) {
        this.shape = shape;
    }

    /** Returns null if the batch is well formed, every record in it included; otherwise a sentence. */
    @Nullable String parse(MemorySegment window, long frameOffset, long batchBytes) {
        this.window = window;
        this.frameOffset = frameOffset;
        long payload = frameOffset + FrameLayout.HEADER_BYTES;
        endOffset = payload + batchBytes;
        count = 0;
        if (batchBytes < FrameLayout.BATCH_HEADER_BYTES) return "a batch of %d bytes".formatted(batchBytes);
        long claimed = LittleEndian.getUnsignedInt(window, payload);
        int zero = LittleEndian.getInt(window, payload + Integer.BYTES);
        if (zero != 0) return "a batch has a field that version 1 does not know: " + zero;
        if (claimed == 0) return "a batch holds no record";
        if (claimed > batchBytes / FrameLayout.INNER_HEADER_BYTES) {
            return "a batch of %d bytes cannot hold %d records".formatted(batchBytes, claimed);
        }
        count = (int) claimed;
        return walk();
    }

    private @Nullable String walk() {
        rewind();
        for (int i = 0; i < count; i++) {
            if (i > 0) step();
            String doubt = doubt();
            if (doubt != null) return doubt;
        }
        if (currentEnd != endOffset) return "a batch goes on after its last record";
        return null;
    }

    private @Nullable String doubt() {
        if (endOffset - currentOffset < FrameLayout.INNER_HEADER_BYTES) return "a batch ends before its last record";
        measure();
        if (currentEnd > endOffset) return "a record of %d bytes leaves its batch".formatted(payloadBytes);
        long payloadEnd = currentOffset + FrameLayout.INNER_HEADER_BYTES + payloadBytes;
        if (!LittleEndian.isZero(window, payloadEnd, currentEnd)) return "the padding of a record is not zero";
        byte kind = LittleEndian.getByte(window, currentOffset + KIND_OFFSET);
        if (kind != FrameKind.PUT && kind != FrameKind.DELETE) {
            return "a batch holds a kind that version 1 does not know: " + (kind & 0xFF);
        }
        return parseCurrent();
    }

    int count() {
        return count;
    }

    /** Looks at one record of a batch that is well formed. */
    RecordShape select(int i) {
        if (i < current) rewind();
        measure();
        while (current < i) {
            step();
            measure();
        }
        parseCurrent();
        return shape.at(currentOffset - frameOffset, currentEnd - frameOffset);
    }

    private void rewind() {
        current = 0;
        currentOffset = frameOffset + FrameLayout.HEADER_BYTES + FrameLayout.BATCH_HEADER_BYTES;
    }

    private void measure() {
        payloadBytes = LittleEndian.getUnsignedInt(window, currentOffset);
        currentEnd = currentOffset
                + FrameLayout.alignUp(FrameLayout.INNER_HEADER_BYTES + payloadBytes, FrameLayout.ALIGNMENT_BYTES);
    }

    private void step() {
        current++;
        currentOffset = currentEnd;
    }

    private @Nullable String parseCurrent() {
        return shape.parse(
                window,
                currentOffset + FrameLayout.INNER_HEADER_BYTES,
                payloadBytes,
                LittleEndian.getByte(window, currentOffset + KIND_OFFSET),
                LittleEndian.getByte(window, currentOffset + FLAGS_OFFSET),
                LittleEndian.getUnsignedShort(window, currentOffset + KEY_FIELD_OFFSET));
    }
}
