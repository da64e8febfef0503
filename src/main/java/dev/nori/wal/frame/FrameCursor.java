package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The decoder: is there a frame at this place, and what does it say? Reusable, one thread, allocates nothing for a
 * frame that is one.
 *
 * <p>Reads only what it was given, throws at no content, and takes no memory because a length says so. What it says
 * about a frame holds until the next {@link #decode}, as long as the window stays as it is.
 */
public final class FrameCursor {
    /** What was found. */
    public enum Outcome {
        /** A frame: its checksum is right and every part of it is understood. */
        FRAME,
        /** A header of zeros, or no room for a header: nothing was written here. */
        EMPTY,
        /** The window ends before the header or the frame does; {@link #neededBytes} says how much there must be. */
        INCOMPLETE,
        /** Bytes that are not a frame of this place and generation: torn, overwritten, moved or left behind. */
        DAMAGED,
        /** The checksum is right, but version 1 does not know what this is: to be refused, never cut. */
        UNSUPPORTED
    }

    private final FrameChecksum checksum = new FrameChecksum();
    private final RecordShape shape = new RecordShape();
    private final BatchWalk batch = new BatchWalk(shape);
    private MemorySegment window = MemorySegment.NULL;
    private long offset;
    private long position;
    private long word0;
    private long word1;
    private long payloadBytes;
    private long frameBytes;
    private long neededBytes;
    private int recordCount;
    private @Nullable String why;

    /** A cursor that has seen nothing. */
    public FrameCursor() {}

    /**
     * Looks at the bytes at {@code offset}.
     *
     * <p>A mark proves itself with the generation it carries, so {@code generation} only has to be a lower bound for
     * it: an older mark was left behind and is {@link Outcome#DAMAGED}. Every other frame must be of exactly that
     * generation.
     *
     * @param window any memory that this thread may read
     * @param offset where the frame would start in the window
     * @param available bytes of the window that may be read from there on
     * @param position where the frame would stand in the log
     * @param generation the one in force here
     * @param limitBytes room for frames from here on; a frame that would be longer is {@link Outcome#DAMAGED}
     */
    public Outcome decode(
            MemorySegment window, long offset, long available, long position, int generation, long limitBytes) {
        forget();
        if (limitBytes < FrameLayout.HEADER_BYTES) return Outcome.EMPTY;
        long readable = readableBytes(window, offset, available);
        if (readable < FrameLayout.HEADER_BYTES) return incomplete(FrameLayout.HEADER_BYTES);
        this.window = window;
        this.offset = offset;
        this.position = position;
        word0 = LittleEndian.getLong(window, offset);
        word1 = LittleEndian.getLong(window, offset + Long.BYTES);
        if ((word0 | word1) == 0) return Outcome.EMPTY;
        payloadBytes = word0 >>> 32;
        frameBytes = FrameLayout.frameBytes(payloadBytes);
        if (frameBytes > limitBytes || payloadBytes > FrameLayout.MAX_PAYLOAD_BYTES) {
            return damaged("a frame of %d bytes does not fit into %d".formatted(frameBytes, limitBytes));
        }
        if (frameBytes > readable) return incomplete(frameBytes);
        return kind() == FrameKind.MARK ? decodeMark(generation) : decodeRecords(generation);
    }

    private Outcome decodeMark(int generation) {
        if (payloadBytes < FrameLayout.MARK_PAYLOAD_BYTES) {
            return damaged("a mark of %d bytes".formatted(payloadBytes));
        }
        if (!isSealed(markGeneration())) return damaged(wrongChecksum(markGeneration()));
        if (!paddingIsZero()) return damaged("the padding is not zero");
        if (Integer.compareUnsigned(markGeneration(), generation) < 0) {
            return damaged("a mark of generation %s, left behind under generation %s"
                    .formatted(Integer.toUnsignedString(markGeneration()), Integer.toUnsignedString(generation)));
        }
        return judge(doubtMark());
    }

    private Outcome decodeRecords(int generation) {
        if (!isSealed(generation)) return damaged(wrongChecksum(generation));
        if (!paddingIsZero()) return damaged("the padding is not zero");
        return judge(
                switch (kind()) {
                    case FrameKind.PUT, FrameKind.DELETE -> doubtRecord();
                    case FrameKind.BATCH -> doubtBatch();
                    default -> "a frame of a kind that version 1 does not know: " + (kind() & 0xFF);
                });
    }

    private @Nullable String doubtMark() {
        if (flags() != 0 || keyField() != 0) return "a mark has flags or a key length";
        if (payloadBytes != FrameLayout.MARK_PAYLOAD_BYTES) return "a mark of %d bytes".formatted(payloadBytes);
        if (markReason() < Marks.GROUP || markReason() > Marks.CLOSE) {
            return "a mark has a reason that version 1 does not know: " + Integer.toUnsignedString(markReason());
        }
        if (markDurable() < 0 || markDurable() > position) {
            return "a mark says that the log was durable up to %s".formatted(Long.toUnsignedString(markDurable()));
        }
        if (markSequence() < 0) {
            return "a mark has a sequence number out of range: " + Long.toUnsignedString(markSequence());
        }
        return null;
    }

    private @Nullable String doubtRecord() {
        recordCount = 1;
        return shape.parse(window, payloadOffset(), payloadBytes, kind(), flags(), keyField());
    }

    private @Nullable String doubtBatch() {
        if (flags() != 0 || keyField() != 0) return "a batch has flags or a key length";
        String doubt = batch.parse(window, offset, payloadBytes);
        recordCount = batch.count();
        return doubt;
    }

    private boolean isSealed(int generation) {
        checksum.reset();
        checksum.update(window, payloadOffset(), payloadBytes);
        return checksum.finish((int) payloadBytes, word1, generation, position) == (int) word0;
    }

    private boolean paddingIsZero() {
        return LittleEndian.isZero(window, payloadOffset() + payloadBytes, offset + frameBytes);
    }

    private Outcome judge(@Nullable String doubt) {
        if (doubt == null) return Outcome.FRAME;
        recordCount = 0;
        why = doubt;
        return Outcome.UNSUPPORTED;
    }

    private Outcome damaged(String reason) {
        why = reason;
        return Outcome.DAMAGED;
    }

    private Outcome incomplete(long needed) {
        neededBytes = needed;
        return Outcome.INCOMPLETE;
    }

    private String wrongChecksum(int generation) {
        return "the checksum is wrong for a frame of %d bytes at position %d in generation %s"
                .formatted(frameBytes, position, Integer.toUnsignedString(generation));
    }

    private static long readableBytes(MemorySegment window, long offset, long available) {
        if (offset < 0 || offset > window.byteSize()) return 0;
        return Math.min(available, window.byteSize() - offset);
    }

    private void forget() {
        window = MemorySegment.NULL;
        word0 = 0;
        word1 = 0;
        payloadBytes = 0;
        frameBytes = 0;
        neededBytes = 0;
        recordCount = 0;
        why = null;
    }

    private long payloadOffset() {
        return offset + FrameLayout.HEADER_BYTES;
    }

    private int keyField() {
        return (int) (word1 >>> 16) & 0xFFFF;
    }

    /** See {@link FrameKind}. Like flags, lengths and time: also of a frame that is incomplete, then not yet proven. */
    public byte kind() {
        return (byte) word1;
    }

    /** The header's flags. */
    public byte flags() {
        return (byte) (word1 >>> 8);
    }

    /** Length of the payload, without header and padding. */
    public long payloadBytes() {
        return payloadBytes;
    }

    /** Length of the frame, header and padding included. */
    public long frameBytes() {
        return frameBytes;
    }

    /** Milliseconds since the segment's base time; unsigned. */
    public int timeDelta() {
        return (int) (word1 >>> 32);
    }

    /** After {@link Outcome#INCOMPLETE}: how many bytes from the frame's start on it takes to say more. */
    public long neededBytes() {
        return neededBytes;
    }

    /** 0 for a mark, 1 for a record, and how many a batch holds. */
    public int recordCount() {
        return recordCount;
    }

    /** Of a mark: everything before this position was durable when it was made. */
    public long markDurable() {
        return LittleEndian.getLong(window, payloadOffset() + Marks.DURABLE_OFFSET);
    }

    /** Of a mark: the sequence number of the next record. */
    public long markSequence() {
        return LittleEndian.getLong(window, payloadOffset() + Marks.SEQUENCE_OFFSET);
    }

    /** Of a mark: the generation in force from there on. */
    public int markGeneration() {
        return LittleEndian.getInt(window, payloadOffset() + Marks.GENERATION_OFFSET);
    }

    /** Of a mark: one of {@link Marks}. */
    public int markReason() {
        return LittleEndian.getInt(window, payloadOffset() + Marks.REASON_OFFSET);
    }

    /** After {@link Outcome#DAMAGED} and {@link Outcome#UNSUPPORTED}: a sentence; otherwise empty. */
    public String why() {
        return why == null ? "" : why;
    }

    /**
     * Looks at a record of the frame, in place. In a batch, going from one to the next costs no search.
     *
     * @param i 0 to {@link #recordCount} - 1
     * @return the same object each time
     */
    public RecordShape select(int i) {
        Objects.checkIndex(i, recordCount);
        return kind() == FrameKind.BATCH ? batch.select(i) : shape.at(0, frameBytes);
    }

    /** Copies out a record of the frame; {@link #select} costs less. */
    public StoredRecord record(int i) {
        return select(i).read(window);
    }
}
