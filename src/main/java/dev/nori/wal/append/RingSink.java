package dev.nori.wal.append;

import dev.nori.wal.RecordWriter;
import dev.nori.wal.frame.PayloadSink;
import dev.nori.wal.handoff.Ring;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Writes a payload into the ring, front to back, and makes no garbage. */
final class RingSink implements PayloadSink {
    private final Ring ring;
    private MemorySegment aside = MemorySegment.ofArray(new byte[0]);
    private long start;
    private long position;

    RingSink(Ring ring) {
        this.ring = ring;
    }

    RingSink at(long payloadPosition) {
        start = payloadPosition;
        position = payloadPosition;
        return this;
    }

    @Override
    public void putInt(int v) {
        ring.putInt(position, v);
        position += Integer.BYTES;
    }

    @Override
    public void putLong(long v) {
        ring.putLong(position, v);
        position += Long.BYTES;
    }

    @Override
    public void putBytes(MemorySegment source, long offset, long length) {
        ring.putBytes(position, source, offset, length);
        position += length;
    }

    @Override
    public void putBytes(byte[] source, int offset, int length) {
        ring.putBytes(position, source, offset, length);
        position += length;
    }

    @Override
    public void putBytes(ByteBuffer source, int offset, int length) {
        ring.putBytes(position, source, offset, length);
        position += length;
    }

    @Override
    public void putWritten(RecordWriter writer, long keyBytes, long valueBytes) {
        long length = keyBytes + valueBytes;
        if (length <= ring.contiguous(position)) {
            ring.clear(position, length);
            write(writer, ring.slice(position, length), keyBytes);
            position += length;
        } else {
            MemorySegment memory = aside(length).fill((byte) 0);
            write(writer, memory, keyBytes);
            putBytes(memory, 0, length);
        }
    }

    private static void write(RecordWriter writer, MemorySegment both, long keyBytes) {
        writer.write(both.asSlice(0, keyBytes), both.asSlice(keyBytes));
    }

    /** Memory for what would wrap around the ring's end; kept for the next time. */
    private MemorySegment aside(long length) {
        if (aside.byteSize() < length) aside = MemorySegment.ofArray(new byte[Math.toIntExact(length)]);
        return aside.asSlice(0, length);
    }

    @Override
    public void padTo8() {
        long zeros = -(position - start) & 7;
        ring.putZeros(position, zeros);
        position += zeros;
    }
}
