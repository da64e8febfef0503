package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first block of a segment file: whose segment it is, and where in the log its frames stand.
 *
 * <pre>
 *      0  magic "NORIWAL\n"                  48  u64 base time, ms since 1970
 *      8  u16 version = 1                    56  u32 generation
 *     10  u16 zero                           60  u32 zero
 *     12  u32 feature bits = 0               64  u64 segment bytes
 *     16  u64 log id                         72  u64 durable position
 *     24  u64 segment id                     80  u32 zero
 *     32  u64 base position                  84  u32 CRC32C of 0..83
 *     40  u64 base sequence                  88  zeros up to 4096
 * </pre>
 *
 * @param logId the same in every segment of a log
 * @param segmentId from 0, +1
 * @param basePosition where the first frame stands in the log; a multiple of 4096
 * @param baseSequence of the segment's first record
 * @param baseTimeMillis what the times of frames count from, ms since 1970
 * @param generation in force at the first frame; unsigned
 * @param segmentBytes size of the file once it is full: header, frames and room for the footer. A multiple of 4096
 * @param durablePosition everything before was durable when the segment was begun
 */
public record SegmentHeader(
        long logId,
        long segmentId,
        long basePosition,
        long baseSequence,
        long baseTimeMillis,
        int generation,
        long segmentBytes,
        long durablePosition) {
    /** What the header fills of a file, with zeros behind its fields. */
    public static final int BLOCK_BYTES = FrameLayout.BLOCK_BYTES;

    /** What the fields take. */
    public static final int FIELD_BYTES = 88;

    private static final int VERSION = 1;

    private static final long MAGIC = magic("NORIWAL\n");
    private static final int CRC_OFFSET = 84;

    /** What a header block turned out to be. */
    public sealed interface Parsed {
        /** A header. */
        record Valid(SegmentHeader header) implements Parsed {}

        /** A block of zeros: the segment was prepared and not yet begun. */
        record Prepared() implements Parsed {}

        /** Not a header, or no longer one. */
        record Damaged(String why) implements Parsed {}

        /** A header of a later version, or with parts that this version does not know. */
        record Unsupported(String why) implements Parsed {}
    }

    /** Checks what every header keeps to. */
    public SegmentHeader {
        String doubt = doubt(segmentId, basePosition, baseSequence, baseTimeMillis, segmentBytes, durablePosition);
        if (doubt != null) throw new IllegalArgumentException(doubt);
    }

    private static @Nullable String doubt(
            long segmentId,
            long basePosition,
            long baseSequence,
            long baseTimeMillis,
            long segmentBytes,
            long durablePosition) {
        if (segmentId < 0) return "segment id out of range: " + segmentId;
        if (segmentBytes > FrameLayout.MAX_SEGMENT_BYTES
                || segmentBytes % BLOCK_BYTES != 0
                || segmentBytes - SegmentFooter.room(segmentBytes) <= BLOCK_BYTES) {
            return "segment size out of range: " + segmentBytes;
        }
        if (basePosition < 0 || basePosition % BLOCK_BYTES != 0 || basePosition > Long.MAX_VALUE - segmentBytes) {
            return "base position out of range: " + basePosition;
        }
        if (baseSequence < 0) return "base sequence out of range: " + baseSequence;
        if (baseTimeMillis < 0) return "base time out of range: " + baseTimeMillis;
        if (durablePosition < 0 || durablePosition > basePosition) {
            return "durable position out of range: %d, base %d".formatted(durablePosition, basePosition);
        }
        return null;
    }

    /** Where frames must end at the latest, in bytes from the start of the file: where the footer's room begins. */
    public long framesEndOffset() {
        return segmentBytes - SegmentFooter.room(segmentBytes);
    }

    /** Where frames must end at the latest, as a position in the log. */
    public long framesEndPosition() {
        return positionAt(framesEndOffset());
    }

    /** Where a position of this segment stands in its file. */
    public long offsetOf(long position) {
        return BLOCK_BYTES + (position - basePosition);
    }

    /** The position at a place in this segment's file. */
    public long positionAt(long offset) {
        return basePosition + (offset - BLOCK_BYTES);
    }

    /** Fills the block with the header and zeros. */
    public void writeTo(MemorySegment block) {
        block.asSlice(FIELD_BYTES, BLOCK_BYTES - FIELD_BYTES).fill((byte) 0);
        writeFieldsTo(block.asSlice(0, FIELD_BYTES));
    }

    /** Fills {@link #FIELD_BYTES} bytes with the fields alone, for places that are no block. */
    public void writeFieldsTo(MemorySegment fields) {
        MemorySegment bytes = fields.asSlice(0, FIELD_BYTES).fill((byte) 0);
        LittleEndian.putLong(bytes, 0, MAGIC);
        LittleEndian.putShort(bytes, 8, VERSION);
        LittleEndian.putLong(bytes, 16, logId);
        LittleEndian.putLong(bytes, 24, segmentId);
        LittleEndian.putLong(bytes, 32, basePosition);
        LittleEndian.putLong(bytes, 40, baseSequence);
        LittleEndian.putLong(bytes, 48, baseTimeMillis);
        LittleEndian.putInt(bytes, 56, generation);
        LittleEndian.putLong(bytes, 64, segmentBytes);
        LittleEndian.putLong(bytes, 72, durablePosition);
        LittleEndian.putInt(bytes, CRC_OFFSET, LittleEndian.crc32c(bytes, 0, CRC_OFFSET));
    }

    /**
     * Says what a block, or the fields alone, are. Throws at no content; what is too short is damaged.
     *
     * @param block {@link #BLOCK_BYTES} or {@link #FIELD_BYTES} long; whatever is there behind the fields must be zero
     */
    public static Parsed parse(MemorySegment block) {
        if (block.byteSize() < FIELD_BYTES) {
            return new Parsed.Damaged("the header has only %d bytes".formatted(block.byteSize()));
        }
        boolean restIsZero = LittleEndian.isZero(block, FIELD_BYTES, block.byteSize());
        if (restIsZero && LittleEndian.isZero(block, 0, FIELD_BYTES)) return new Parsed.Prepared();
        if (LittleEndian.getLong(block, 0) != MAGIC) return new Parsed.Damaged("the header has another magic");
        int version = LittleEndian.getUnsignedShort(block, 8);
        if (version != VERSION) return new Parsed.Unsupported("the segment is of format version " + version);
        if (LittleEndian.crc32c(block, 0, CRC_OFFSET) != LittleEndian.getInt(block, CRC_OFFSET)) {
            return new Parsed.Damaged("the header's checksum is wrong");
        }
        int features = LittleEndian.getInt(block, 12);
        if (features != 0) {
            return new Parsed.Unsupported(
                    "the segment uses features that version 1 does not know: 0x" + Integer.toHexString(features));
        }
        if (!restIsZero) return new Parsed.Damaged("the header block is not zero behind the header");
        return parseKnown(block);
    }

    private static Parsed parseKnown(MemorySegment block) {
        int zeros = LittleEndian.getUnsignedShort(block, 10)
                | LittleEndian.getInt(block, 60)
                | LittleEndian.getInt(block, 80);
        if (zeros != 0) return new Parsed.Unsupported("the header has fields that version 1 does not know");
        long segmentId = LittleEndian.getLong(block, 24);
        long basePosition = LittleEndian.getLong(block, 32);
        long baseSequence = LittleEndian.getLong(block, 40);
        long baseTimeMillis = LittleEndian.getLong(block, 48);
        long segmentBytes = LittleEndian.getLong(block, 64);
        long durablePosition = LittleEndian.getLong(block, 72);
        String doubt = doubt(segmentId, basePosition, baseSequence, baseTimeMillis, segmentBytes, durablePosition);
        if (doubt != null) return new Parsed.Unsupported(doubt);
        return new Parsed.Valid(new SegmentHeader(
                LittleEndian.getLong(block, 16),
                segmentId,
                basePosition,
                baseSequence,
                baseTimeMillis,
                LittleEndian.getInt(block, 56),
                segmentBytes,
                durablePosition));
    }

    /** Eight characters as the number that stands in the file. */
    static long magic(String text) {
        return LittleEndian.getLong(MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }
}
