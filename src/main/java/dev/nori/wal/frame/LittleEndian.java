package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Numbers in memory: little endian, at any address. */
final class LittleEndian {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static byte getByte(MemorySegment memory, long offset) {
        return memory.get(ValueLayout.JAVA_BYTE, offset);
    }

    static int getUnsignedShort(MemorySegment memory, long offset) {
        return Short.toUnsignedInt(memory.get(SHORT, offset));
    }

    static int getInt(MemorySegment memory, long offset) {
        return memory.get(INT, offset);
    }

    static long getUnsignedInt(MemorySegment memory, long offset) {
        return Integer.toUnsignedLong(memory.get(INT, offset));
    }

    static long getLong(MemorySegment memory, long offset) {
        return memory.get(LONG, offset);
    }

    static void putShort(MemorySegment memory, long offset, int value) {
        memory.set(SHORT, offset, (short) value);
    }

    static void putInt(MemorySegment memory, long offset, int value) {
        memory.set(INT, offset, value);
    }

    static void putLong(MemorySegment memory, long offset, long value) {
        memory.set(LONG, offset, value);
    }

    static boolean isZero(MemorySegment memory, long from, long to) {
        long at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            if (getLong(memory, at) != 0) return false;
        }
        for (; at < to; at++) {
            if (getByte(memory, at) != 0) return false;
        }
        return true;
    }

    static int crc32c(MemorySegment memory, long offset, long length) {
        CRC32C crc = new CRC32C();
        crc.update(memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
        return (int) crc.getValue();
    }
}
