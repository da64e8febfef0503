package dev.nori.wal.frame;

/**
 * Where the bytes of a segment file stand; all numbers in bytes, little endian.
 *
 * <pre>
 *   file offset 0        4096                                  framesEndOffset        segmentBytes
 *   +------------------+--------------------------------------+-----------------------+
 *   | header block     | frames ...                    zeros  | room for the footer   |
 *   +------------------+--------------------------------------+-----------------------+
 *                       ^ base position
 *
 *   frame:  0        4        8      9       10           12        16               16 + length
 *           +--------+--------+------+-------+------------+---------+----------------+- - - - -+
 *           | crc    | length | kind | flags | key length | time    | payload        | zeros   |
 *           +--------+--------+------+-------+------------+---------+----------------+- - - - -+
 *           '---------- word 0 ------'------------ word 1 ----------'                  to a multiple of 8
 * </pre>
 */
public final class FrameLayout {
    /** The unit of direct I/O; the header takes one block, and base positions are multiples of it. */
    public static final int BLOCK_BYTES = 4096;

    /** A frame's header. */
    public static final int HEADER_BYTES = 16;

    /** What a mark carries. */
    public static final int MARK_PAYLOAD_BYTES = 24;

    /** A whole mark. */
    public static final int MARK_BYTES = HEADER_BYTES + MARK_PAYLOAD_BYTES;

    /** What stands before the first record of a batch, inside the payload. */
    public static final int BATCH_HEADER_BYTES = 8;

    /** The header of a record inside a batch. */
    public static final int INNER_HEADER_BYTES = 8;

    /** The largest segment file of version 1: 1 GiB. */
    public static final int MAX_SEGMENT_BYTES = 1 << 30;

    /** The longest payload of version 1: what fits into the largest segment. */
    public static final int MAX_PAYLOAD_BYTES =
            (int) (MAX_SEGMENT_BYTES - BLOCK_BYTES - SegmentFooter.room(MAX_SEGMENT_BYTES) - HEADER_BYTES);

    /** Frames and the records of a batch begin at multiples of this. */
    static final int ALIGNMENT_BYTES = 8;

    private FrameLayout() {}

    /** What a frame takes in the log: header, payload and padding. */
    public static long frameBytes(long payloadBytes) {
        return alignUp(HEADER_BYTES + payloadBytes, ALIGNMENT_BYTES);
    }

    /** The smallest multiple of {@code unit}, a power of two, that is not below {@code value}. */
    public static long alignUp(long value, long unit) {
        return (value + unit - 1) & -unit;
    }

    /** The start of the block that holds the byte at {@code offset}. */
    public static long blockFloor(long offset) {
        return offset & -BLOCK_BYTES;
    }

    /** The start of the first block at or after {@code offset}. */
    public static long blockCeil(long offset) {
        return alignUp(offset, BLOCK_BYTES);
    }

    /** The first eight bytes of a frame's header, as a little-endian number. */
    public static long headerWord0(int crc, int length) {
        return Integer.toUnsignedLong(crc) | (long) length << 32;
    }

    /** The last eight bytes of a frame's header, as a little-endian number. */
    public static long headerWord1(byte kind, byte flags, int keyField, int timeDelta) {
        return (kind & 0xFFL) | (flags & 0xFFL) << 8 | (keyField & 0xFFFFL) << 16 | (long) timeDelta << 32;
    }
}
