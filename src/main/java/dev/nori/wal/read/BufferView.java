package dev.nori.wal.read;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Shows parts of memory as a buffer, the same object for each part of the same memory. */
final class BufferView {
    private MemorySegment viewed = MemorySegment.NULL;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    /** The bytes as a buffer, between its position and its limit. */
    ByteBuffer of(MemorySegment memory, long offset, long bytes) {
        if (!memory.equals(viewed)) {
            buffer = memory.asByteBuffer();
            viewed = memory;
        }
        return buffer.order(ByteOrder.BIG_ENDIAN).limit((int) (offset + bytes)).position((int) offset);
    }
}
