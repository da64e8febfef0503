package dev.nori.wal.handoff;

import dev.nori.wal.frame.SegmentHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The byte layout of the stage file: one block of cursors and segment beginnings, then the ring.
 *
 * <pre>
 *     0  u64 magic "NORISTG2"    8  u64 log id    16  u32 generation   20  u32 1 if there is a control file   24  u64 ring bytes
 *    32  u32 CRC32C of 0..31
 *    64  u64 committed     everything before was put there whole
 *   128  u64 streamed      as committed, and the part of a large frame that is there
 *   192  u64 written       everything before is in the segment files
 *   256  u64 durable       everything before is on stable storage
 *   512  bytes 0..35 once more, in a sector of their own
 *  1024  16 slots of 128 bytes: u64 end of the segment before, the header of the segment that begins, u32 CRC32C of both
 *  4096  the ring
 * </pre>
 *
 * <p>Nothing here is synced: after the end of the process it is exact, after a power cut it is a hint. What it says
 * is therefore proved by the checksums of the frames, never believed. {@link StageFile} says what a file is.
 */
public final class StageLayout {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Size of the part before the ring, in bytes. */
    public static final int HEADER_BYTES = 4096;

    /** Size of the largest stage file, in bytes. */
    public static final long MOST_BYTES = HEADER_BYTES + (64L << 20);

    /** How many segments may begin within the ring. */
    public static final int SLOTS = 16;

    static final int COMMITTED = 64;
    static final int STREAMED = 128;
    static final int WRITTEN = 192;
    static final int DURABLE = 256;
    static final int CURSORS_END = DURABLE + Long.BYTES;

    static final long MAGIC = 0x3247_5453_4952_4F4EL; // "NORISTG2"
    static final int LOG_ID = 8;
    static final int GENERATION = 16;
    static final int CONTROL = 20;
    static final int RING_BYTES = 24;
    static final int FIXED_CRC = 32;
    static final int FIXED_BYTES = 36;
    static final int FIRST_COPY = 0;
    static final int SECOND_COPY = 512;
    static final int FIRST_SLOT = 1024;
    static final int SLOT_BYTES = 128;
    static final int SLOT_HEADER = 8;
    static final int SLOT_CRC = SLOT_HEADER + SegmentHeader.FIELD_BYTES;

    private StageLayout() {}

    /** Begins a generation: nothing staged, everything before {@code position} durable. */
    static void begin(MemorySegment file, long logId, int generation, long position) {
        file.set(LONG, FIRST_COPY, 0); // until all the rest is right
        file.set(LONG, SECOND_COPY, 0);
        file.asSlice(FIRST_SLOT, (long) SLOTS * SLOT_BYTES).fill((byte) 0);
        for (int cursor : new int[] {COMMITTED, STREAMED, WRITTEN, DURABLE}) file.set(LONG, cursor, position);
        file.set(LONG, LOG_ID, logId);
        file.set(INT, GENERATION, generation);
        file.set(LONG, RING_BYTES, file.byteSize() - HEADER_BYTES);
        putFixed(file, 0);
    }

    /** Notes that there is a control file, durable; from then on there always is one. */
    static void putControl(MemorySegment file) {
        putFixed(file, 1);
    }

    /** One copy after the other: a process that is killed in between leaves one that is right. */
    private static void putFixed(MemorySegment file, int control) {
        file.set(INT, CONTROL, control);
        file.set(LONG, FIRST_COPY, MAGIC);
        file.set(INT, FIXED_CRC, crc(file, FIRST_COPY, FIXED_CRC));
        MemorySegment.copy(file, FIRST_COPY, file, SECOND_COPY, FIXED_BYTES);
    }

    /** Notes that a segment begins. */
    static void putSlot(MemorySegment file, long previousEnd, SegmentHeader header) {
        long slot = FIRST_SLOT + header.segmentId() % SLOTS * SLOT_BYTES;
        header.writeFieldsTo(file.asSlice(slot + SLOT_HEADER, SegmentHeader.FIELD_BYTES));
        file.set(LONG, slot, previousEnd);
        file.set(INT, slot + SLOT_CRC, crc(file, slot, SLOT_CRC));
    }

    static int crc(MemorySegment file, long offset, int bytes) {
        CRC32C crc = new CRC32C();
        crc.update(file.asSlice(offset, bytes).toArray(ValueLayout.JAVA_BYTE));
        return (int) crc.getValue();
    }
}
