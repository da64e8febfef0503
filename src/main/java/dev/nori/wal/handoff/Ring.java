package dev.nori.wal.handoff;

import dev.nori.wal.frame.FrameChecksum;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Memory that is addressed by position: position {@code p} lives at {@code p mod length}. The length is a
 * multiple of the block size, so that a block of a segment file is a block here and never wraps.
 *
 * <p>Does no bookkeeping: who may touch which positions is decided by the cursors of the {@link Stage}.
 */
public final class Ring {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final byte[] ZEROS = new byte[4096];

    private final MemorySegment memory;
    private final long bytes;
    private final long mask;
    private @Nullable ByteBuffer view;

    Ring(MemorySegment memory) {
        this.memory = memory;
        this.bytes = memory.byteSize();
        this.mask = bytes - 1;
        if (Long.bitCount(bytes) != 1) throw new IllegalArgumentException("ring must be a power of two: " + bytes);
    }

    /** Bytes in the ring, a power of two. */
    public long bytes() {
        return bytes;
    }

    /** Stores four bytes, little endian; the position is a multiple of 4, so they never wrap. */
    public void putInt(long position, int value) {
        memory.set(INT, position & mask, value);
    }

    /** Stores eight bytes, little endian; the position is a multiple of 4. */
    public void putLong(long position, long value) {
        long at = position & mask;
        if (at + Long.BYTES <= bytes) {
            memory.set(LONG, at, value);
        } else {
            memory.set(INT, at, (int) value);
            memory.set(INT, 0, (int) (value >>> Integer.SIZE));
        }
    }

    /** Copies bytes in, in two pieces where the ring ends in between. */
    public void putBytes(long position, MemorySegment source, long offset, long length) {
        long at = position & mask;
        long first = Math.min(length, bytes - at);
        MemorySegment.copy(source, offset, memory, at, first);
        if (first < length) MemorySegment.copy(source, offset + first, memory, 0, length - first);
    }

    /** Copies bytes in from an array, without an object that stands for it. */
    public void putBytes(long position, byte[] source, int offset, int length) {
        long at = position & mask;
        int first = (int) Math.min(length, bytes - at);
        MemorySegment.copy(source, offset, memory, ValueLayout.JAVA_BYTE, at, first);
        if (first < length) {
            MemorySegment.copy(source, offset + first, memory, ValueLayout.JAVA_BYTE, 0, length - first);
        }
    }

    /** Copies bytes in from a buffer, whatever its position and limit. Only for the caller whose turn it is. */
    public void putBytes(long position, ByteBuffer source, int offset, int length) {
        ByteBuffer target = view();
        int at = (int) (position & mask);
        int first = Math.min(length, target.capacity() - at);
        target.put(at, source, offset, first);
        if (first < length) target.put(0, source, offset + first, length - first);
    }

    /** The ring as a buffer, which copies from other buffers without making objects. Made when it is first needed. */
    private ByteBuffer view() {
        ByteBuffer buffer = view;
        if (buffer == null) {
            buffer = memory.asByteBuffer();
            view = buffer;
        }
        return buffer;
    }

    /** Copies bytes out, in two pieces where the ring ends in between. */
    public void copyTo(long position, MemorySegment target, long offset, long length) {
        long at = position & mask;
        long first = Math.min(length, bytes - at);
        MemorySegment.copy(memory, at, target, offset, first);
        if (first < length) MemorySegment.copy(memory, 0, target, offset + first, length - first);
    }

    /** Stores zeros over a range that does not wrap, without an object that stands for it. */
    public void clear(long position, long length) {
        long at = position & mask;
        for (long done = 0; done < length; ) {
            int n = (int) Math.min(ZEROS.length, length - done);
            MemorySegment.copy(ZEROS, 0, memory, ValueLayout.JAVA_BYTE, at + done, n);
            done += n;
        }
    }

    /** Stores zeros; fewer than 8 of them, as padding. */
    public void putZeros(long position, long length) {
        for (long i = 0; i < length; i++) memory.set(ValueLayout.JAVA_BYTE, (position + i) & mask, (byte) 0);
    }

    /** Feeds bytes into a checksum, in two pieces where the ring ends in between. */
    public void checksum(FrameChecksum checksum, long position, long length) {
        long at = position & mask;
        long first = Math.min(length, bytes - at);
        checksum.update(memory, at, first);
        if (first < length) checksum.update(memory, 0, length - first);
    }

    /** How many bytes follow a position before the ring ends. */
    public long contiguous(long position) {
        return bytes - (position & mask);
    }

    /** The memory itself of a range that does not wrap, for writing it out without a copy. */
    public MemorySegment slice(long position, long length) {
        return memory.asSlice(position & mask, length);
    }
}
