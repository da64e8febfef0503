package dev.nori.wal.frame;

import dev.nori.wal.RecordWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Takes a payload, front to back. The receiver decides where the bytes go; nothing but the order of calls says where
 * a field stands, so it may be a ring that wraps in the middle of one.
 */
public interface PayloadSink {
    /** Appends four bytes, little endian, wherever the last call ended. */
    void putInt(int v);

    /** Appends eight bytes, little endian, wherever the last call ended. */
    void putLong(long v);

    /** Appends a copy of {@code length} bytes of {@code source} from {@code offset} on. */
    void putBytes(MemorySegment source, long offset, long length);

    /** The same for an array; a sink that must not make garbage has its own way. */
    default void putBytes(byte[] source, int offset, int length) {
        putBytes(MemorySegment.ofArray(source), offset, length);
    }

    /** The same for a buffer, whatever its position and limit. */
    default void putBytes(ByteBuffer source, int offset, int length) {
        putBytes(MemorySegment.ofBuffer(source.slice(offset, length)), 0, length);
    }

    /** Appends a key and a value that somebody else writes, in memory aside or where they will stand. */
    default void putWritten(RecordWriter writer, long keyBytes, long valueBytes) {
        byte[] aside = new byte[Math.toIntExact(keyBytes + valueBytes)];
        MemorySegment both = MemorySegment.ofArray(aside);
        writer.write(both.asSlice(0, keyBytes), both.asSlice(keyBytes));
        putBytes(both, 0, both.byteSize());
    }

    /** Appends zeros until the bytes appended since the payload began are a multiple of eight. */
    void padTo8();
}
