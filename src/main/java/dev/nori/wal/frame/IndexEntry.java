package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;

/**
 * One step of a segment's sparse index: where a frame of records stands, and all it takes to begin reading there.
 *
 * <pre>
 *      0            8            16           20           24
 *      +------------+------------+------------+------------+
 *      | position   | sequence   | time       | generation |
 *      +------------+------------+------------+------------+
 * </pre>
 *
 * @param position of the frame's first byte
 * @param sequence of the first record in the frame
 * @param timeDelta of its append, in milliseconds since the segment's base time; unsigned
 * @param generation in force at the frame; unsigned
 */
public record IndexEntry(long position, long sequence, int timeDelta, int generation) {
    static final int BYTES = 24;

    /** When the frame was appended, in milliseconds since the segment's base time. */
    public long timeDeltaMillis() {
        return Integer.toUnsignedLong(timeDelta);
    }

    boolean isBefore(IndexEntry next) {
        return position < next.position
                && sequence < next.sequence
                && Integer.compareUnsigned(timeDelta, next.timeDelta) <= 0
                && Integer.compareUnsigned(generation, next.generation) <= 0;
    }

    void writeTo(MemorySegment memory, long offset) {
        LittleEndian.putLong(memory, offset, position);
        LittleEndian.putLong(memory, offset + 8, sequence);
        LittleEndian.putInt(memory, offset + 16, timeDelta);
        LittleEndian.putInt(memory, offset + 20, generation);
    }

    static IndexEntry readFrom(MemorySegment memory, long offset) {
        return new IndexEntry(
                LittleEndian.getLong(memory, offset),
                LittleEndian.getLong(memory, offset + 8),
                LittleEndian.getInt(memory, offset + 16),
                LittleEndian.getInt(memory, offset + 20));
    }
}
