package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The end of a sealed segment: what it holds, so that it need not be scanned.
 *
 * <pre>
 *   room:  [zeros] [index entries] [trailer, the last 96 bytes of the file]
 *
 *   trailer:   0  magic "NORIFOOT"                48  u64 base sequence
 *              8  u16 version = 1                 56  u64 next sequence
 *             10  u16 zero                        64  u64 first time, ms since 1970
 *             12  u32 generation                  72  u64 last time, ms since 1970
 *             16  u64 log id                      80  u32 index entries
 *             24  u64 segment id                  84  u32 CRC32C of the index entries
 *             32  u64 base position               88  u32 zero
 *             40  u64 end position                92  u32 CRC32C of 0..91
 * </pre>
 *
 * @param generation in force at the end; unsigned
 * @param logId as in the header
 * @param segmentId as in the header
 * @param basePosition as in the header
 * @param endPosition where the last frame ends
 * @param baseSequence as in the header
 * @param nextSequence of the record after the last one here
 * @param firstTimeMillis of the first record here; without records, the base time
 * @param lastTimeMillis of the last record here; without records, the base time
 * @param entries the sparse index, in order: at most one frame of records for each {@link #INDEX_STRIDE} bytes
 */
public record SegmentFooter(
        int generation,
        long logId,
        long segmentId,
        long basePosition,
        long endPosition,
        long baseSequence,
        long nextSequence,
        long firstTimeMillis,
        long lastTimeMillis,
        List<IndexEntry> entries) {
    /** Bytes of frames between one entry of the index and the next: the next entry is the first frame after them. */
    public static final int INDEX_STRIDE = 64 * 1024;

    /** The fixed part, at the very end of the file. */
    public static final int TRAILER_BYTES = 96;

    private static final long MAGIC = SegmentHeader.magic("NORIFOOT");
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = 92;

    /** What the end of a file turned out to be. */
    public sealed interface Parsed {
        /** A footer. */
        record Valid(SegmentFooter footer) implements Parsed {}

        /** Zeros where the trailer would be: the segment is not sealed. */
        record Absent() implements Parsed {}

        /** Not a footer, or no longer one. The frames may be fine. */
        record Damaged(String why) implements Parsed {}

        /** A footer of a later version, or with parts that this version does not know. */
        record Unsupported(String why) implements Parsed {}
    }

    /** Checks what every footer keeps to. */
    public SegmentFooter {
        entries = List.copyOf(entries);
        String doubt = doubt(
                segmentId,
                basePosition,
                endPosition,
                baseSequence,
                nextSequence,
                firstTimeMillis,
                lastTimeMillis,
                entries);
        if (doubt != null) throw new IllegalArgumentException(doubt);
    }

    private static @Nullable String doubt(
            long segmentId,
            long basePosition,
            long endPosition,
            long baseSequence,
            long nextSequence,
            long firstTimeMillis,
            long lastTimeMillis,
            List<IndexEntry> entries) {
        if (segmentId < 0) return "segment id out of range: " + segmentId;
        if (basePosition < 0 || basePosition % FrameLayout.BLOCK_BYTES != 0) {
            return "base position out of range: " + basePosition;
        }
        if (endPosition < basePosition || endPosition % FrameLayout.ALIGNMENT_BYTES != 0) {
            return "end position out of range: %d, base %d".formatted(endPosition, basePosition);
        }
        if (baseSequence < 0 || nextSequence < baseSequence) {
            return "sequence numbers out of range: %d to %d".formatted(baseSequence, nextSequence);
        }
        if (firstTimeMillis < 0 || lastTimeMillis < firstTimeMillis) {
            return "times out of range: %d to %d".formatted(firstTimeMillis, lastTimeMillis);
        }
        return doubt(entries, basePosition, endPosition, baseSequence, nextSequence);
    }

    private static @Nullable String doubt(
            List<IndexEntry> entries, long basePosition, long endPosition, long baseSequence, long nextSequence) {
        if (entries.isEmpty()) return null;
        IndexEntry first = entries.getFirst();
        IndexEntry last = entries.getLast();
        boolean within = first.position() >= basePosition
                && first.sequence() >= baseSequence
                && last.position() < endPosition
                && last.sequence() < nextSequence;
        if (!within) return "the index names frames that are not in the segment";
        for (int i = 1; i < entries.size(); i++) {
            if (!entries.get(i - 1).isBefore(entries.get(i))) return "the index is out of order at entry " + i;
        }
        return null;
    }

    /** Bytes at the end of a segment file that are kept free for a footer; a multiple of 4096. */
    public static long room(long segmentBytes) {
        long entries = segmentBytes / INDEX_STRIDE + 2;
        return FrameLayout.blockCeil(TRAILER_BYTES + entries * IndexEntry.BYTES);
    }

    /** Records in the segment. */
    public long recordCount() {
        return nextSequence - baseSequence;
    }

    /**
     * Fills the room with the footer, and zeros before it.
     *
     * @param room the last {@link #room} bytes of the file
     * @throws IllegalArgumentException if the index does not fit
     */
    public void writeTo(MemorySegment room) {
        long trailerOffset = room.byteSize() - TRAILER_BYTES;
        long indexOffset = trailerOffset - (long) entries.size() * IndexEntry.BYTES;
        if (indexOffset < 0) {
            throw new IllegalArgumentException(
                    "a footer with %d entries does not fit into %d bytes".formatted(entries.size(), room.byteSize()));
        }
        room.fill((byte) 0);
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).writeTo(room, indexOffset + (long) i * IndexEntry.BYTES);
        }
        int indexCrc = LittleEndian.crc32c(room, indexOffset, trailerOffset - indexOffset);
        writeTrailer(room.asSlice(trailerOffset), indexCrc);
    }

    private void writeTrailer(MemorySegment trailer, int indexCrc) {
        LittleEndian.putLong(trailer, 0, MAGIC);
        LittleEndian.putShort(trailer, 8, VERSION);
        LittleEndian.putInt(trailer, 12, generation);
        LittleEndian.putLong(trailer, 16, logId);
        LittleEndian.putLong(trailer, 24, segmentId);
        LittleEndian.putLong(trailer, 32, basePosition);
        LittleEndian.putLong(trailer, 40, endPosition);
        LittleEndian.putLong(trailer, 48, baseSequence);
        LittleEndian.putLong(trailer, 56, nextSequence);
        LittleEndian.putLong(trailer, 64, firstTimeMillis);
        LittleEndian.putLong(trailer, 72, lastTimeMillis);
        LittleEndian.putInt(trailer, 80, entries.size());
        LittleEndian.putInt(trailer, 84, indexCrc);
        LittleEndian.putInt(trailer, CRC_OFFSET, LittleEndian.crc32c(trailer, 0, CRC_OFFSET));
    }

    /**
     * Says what the end of a file is. Throws at no content.
     *
     * @param room the last {@link #room} bytes of the file
     * @param header of the same file; a footer that is not of this segment was left in a recycled file, and is
     *     {@link Parsed.Absent}
     */
    public static Parsed parse(MemorySegment room, SegmentHeader header) {
        long trailerOffset = room.byteSize() - TRAILER_BYTES;
        if (trailerOffset < 0) {
            return new Parsed.Damaged("the end of the file has only %d bytes".formatted(room.byteSize()));
        }
        MemorySegment trailer = room.asSlice(trailerOffset);
        if (LittleEndian.isZero(trailer, 0, TRAILER_BYTES)) return new Parsed.Absent();
        if (LittleEndian.getLong(trailer, 0) != MAGIC) return new Parsed.Damaged("the footer has another magic");
        int version = LittleEndian.getUnsignedShort(trailer, 8);
        if (version != VERSION) return new Parsed.Unsupported("the footer is of format version " + version);
        if (LittleEndian.crc32c(trailer, 0, CRC_OFFSET) != LittleEndian.getInt(trailer, CRC_OFFSET)) {
            return new Parsed.Damaged("the footer's checksum is wrong");
        }
        if (isOfAnother(trailer, header)) return new Parsed.Absent();
        if ((LittleEndian.getUnsignedShort(trailer, 10) | LittleEndian.getInt(trailer, 88)) != 0) {
            return new Parsed.Unsupported("the footer has fields that version 1 does not know");
        }
        long indexOffset = trailerOffset - LittleEndian.getUnsignedInt(trailer, 80) * IndexEntry.BYTES;
        if (indexOffset < 0) return new Parsed.Damaged("the footer's index does not fit into its room");
        if (LittleEndian.crc32c(room, indexOffset, trailerOffset - indexOffset) != LittleEndian.getInt(trailer, 84)) {
            return new Parsed.Damaged("the checksum of the footer's index is wrong");
        }
        if (!LittleEndian.isZero(room, 0, indexOffset)) {
            return new Parsed.Damaged("the room before the footer's index is not zero");
        }
        return parseKnown(trailer, readIndex(room, indexOffset, trailerOffset), header.framesEndPosition());
    }

    private static boolean isOfAnother(MemorySegment trailer, SegmentHeader header) {
        return LittleEndian.getLong(trailer, 16) != header.logId()
                || LittleEndian.getLong(trailer, 24) != header.segmentId()
                || LittleEndian.getLong(trailer, 32) != header.basePosition()
                || LittleEndian.getLong(trailer, 48) != header.baseSequence()
                || Integer.compareUnsigned(LittleEndian.getInt(trailer, 12), header.generation()) < 0;
    }

    private static List<IndexEntry> readIndex(MemorySegment room, long from, long to) {
        List<IndexEntry> entries = new ArrayList<>((int) ((to - from) / IndexEntry.BYTES));
        for (long at = from; at < to; at += IndexEntry.BYTES) entries.add(IndexEntry.readFrom(room, at));
        return entries;
    }

    private static Parsed parseKnown(MemorySegment trailer, List<IndexEntry> entries, long framesEndPosition) {
        long segmentId = LittleEndian.getLong(trailer, 24);
        long basePosition = LittleEndian.getLong(trailer, 32);
        long endPosition = LittleEndian.getLong(trailer, 40);
        long baseSequence = LittleEndian.getLong(trailer, 48);
        long nextSequence = LittleEndian.getLong(trailer, 56);
        long firstTimeMillis = LittleEndian.getLong(trailer, 64);
        long lastTimeMillis = LittleEndian.getLong(trailer, 72);
        String doubt = doubt(
                segmentId,
                basePosition,
                endPosition,
                baseSequence,
                nextSequence,
                firstTimeMillis,
                lastTimeMillis,
                entries);
        if (doubt == null && endPosition > framesEndPosition) doubt = "the footer says that frames end within it";
        if (doubt != null) return new Parsed.Unsupported(doubt);
        return new Parsed.Valid(new SegmentFooter(
                LittleEndian.getInt(trailer, 12),
                LittleEndian.getLong(trailer, 16),
                segmentId,
                basePosition,
                endPosition,
                baseSequence,
                nextSequence,
                firstTimeMillis,
                lastTimeMillis,
                entries));
    }

    /** The last entry at or before a position; null if there is none: begin at the segment's start. */
    public static @Nullable IndexEntry floorByPosition(List<IndexEntry> entries, long position) {
        return last(entries, entry -> entry.position() <= position);
    }

    /** The last entry whose sequence number is not above this one; null if there is none. */
    public static @Nullable IndexEntry floorBySequence(List<IndexEntry> entries, long sequence) {
        return last(entries, entry -> entry.sequence() <= sequence);
    }

    /**
     * The last entry that is older than this time; null if there is none. An entry of that very millisecond does not
     * count: a record of the same time may stand before it.
     *
     * @param timeDeltaMillis since the segment's base time
     */
    public static @Nullable IndexEntry lastBefore(List<IndexEntry> entries, long timeDeltaMillis) {
        return last(entries, entry -> entry.timeDeltaMillis() < timeDeltaMillis);
    }

    /** The first entry at or after a position; null if there is none. */
    public static @Nullable IndexEntry ceilingByPosition(List<IndexEntry> entries, long position) {
        int before = count(entries, entry -> entry.position() < position);
        return before == entries.size() ? null : entries.get(before);
    }

    private static @Nullable IndexEntry last(List<IndexEntry> entries, Predicate<IndexEntry> holdsUpTo) {
        int count = count(entries, holdsUpTo);
        return count == 0 ? null : entries.get(count - 1);
    }

    /** How many entries, from the first on, hold. */
    private static int count(List<IndexEntry> entries, Predicate<IndexEntry> holdsUpTo) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holdsUpTo.test(entries.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
