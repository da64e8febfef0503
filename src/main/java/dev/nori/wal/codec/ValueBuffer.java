package dev.nori.wal.codec;

import dev.nori.wal.Compression;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Where values are decompressed to, one after the other: memory that grows to the largest one and is used again and again. One
 * thread.
 */
public final class ValueBuffer {
    private static final long LEAST_BYTES = 4096;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private MemorySegment viewed = MemorySegment.NULL;
    private ByteBuffer view = NOTHING; // of what is viewed
    private MemorySegment memory = MemorySegment.NULL;
    private ByteBuffer raw = NOTHING; // the same memory
    private MemorySegment readOnly = MemorySegment.NULL; // the same memory

    /** No memory yet. */
    public ValueBuffer() {}

    /**
     * Decompresses a value.
     *
     * @param window native memory in which the value stands as it is stored
     * @param rawBytes what its record says, not yet believed
     * @return read-only memory that begins with the value, good until the next call
     * @throws CodecException if the value cannot be decompressed to what the record says
     * @throws IllegalArgumentException if the compression is not available; the message says what to add
     */
    public MemorySegment decompress(
            Compression compression, MemorySegment window, long offset, long storedBytes, long rawBytes)
            throws CodecException {
        Codec codec = Codecs.find(compression, storedBytes, rawBytes);
        reserve(rawBytes);
        codec.decompress(viewOf(window), (int) offset, (int) storedBytes, raw, (int) rawBytes);
        return readOnly;
    }

    private void reserve(long bytes) {
        if (bytes <= memory.byteSize()) return;
        memory = Arena.ofAuto().allocate(Math.max(bytes, Math.max(LEAST_BYTES, 2 * memory.byteSize())));
        raw = memory.asByteBuffer();
        readOnly = memory.asReadOnly();
    }

    private ByteBuffer viewOf(MemorySegment window) {
        if (window.equals(viewed)) return view;
        view = window.asByteBuffer();
        viewed = window;
        return view;
    }
}
