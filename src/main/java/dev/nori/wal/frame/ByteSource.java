package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A caller's bytes in the form in which he has them. Mutable and meant to be reused, so that an append needs no object
 * that stands for them; refers to the memory until the next {@link #set} or {@link #clear}.
 */
public final class ByteSource {
    private static final byte[] NOTHING = {};

    private byte @Nullable [] array = NOTHING;
    private @Nullable ByteBuffer buffer;
    private @Nullable MemorySegment segment;
    private int offset; // in the array or the buffer
    private long bytes;

    /** Nothing. */
    public ByteSource() {}

    /** All of an array. */
    public void set(byte[] whole) {
        set(whole, 0, whole.length);
    }

    /** A part of an array. */
    public void set(byte[] whole, int offset, int length) {
        take(whole, null, null, offset, length);
    }

    /** A buffer's bytes from its position to its limit, which are not moved. */
    public void set(ByteBuffer rest) {
        take(null, rest, null, rest.position(), rest.remaining());
    }

    /** All of a segment. */
    public void set(MemorySegment whole) {
        take(null, null, whole, 0, whole.byteSize());
    }

    private void take(byte @Nullable [] a, @Nullable ByteBuffer b, @Nullable MemorySegment s, int from, long length) {
        array = a;
        buffer = b;
        segment = s;
        offset = from;
        bytes = length;
    }

    /** Lets go of the memory. */
    public void clear() {
        set(NOTHING);
    }

    /** How many there are. */
    public long bytes() {
        return bytes;
    }

    /** Copies them out. */
    public void copyTo(byte[] target) {
        if (array != null) System.arraycopy(array, offset, target, 0, (int) bytes);
        else if (buffer != null) buffer.get(offset, target, 0, (int) bytes);
        else if (segment != null) MemorySegment.copy(segment, 0, MemorySegment.ofArray(target), 0, bytes);
    }

    /** Appends them. */
    void putTo(PayloadSink sink) {
        if (array != null) sink.putBytes(array, offset, (int) bytes);
        else if (buffer != null) sink.putBytes(buffer, offset, (int) bytes);
        else if (segment != null) sink.putBytes(segment, 0, bytes);
    }
}
