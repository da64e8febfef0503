package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of a frame: CRC32C over its payload, its header without the checksum, and where it stands. Reusable;
 * one thread. {@link #reset}, then the payload's parts in order, then {@link #finish}.
 *
 * <p>The place comes last so that the payload's part can be computed before the place is known.
 */
public final class FrameChecksum {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SCRATCH_BYTES = 4096;

    private final CRC32C crc = new CRC32C();
    private final byte[] place = new byte[24];
    private @Nullable MemorySegment viewed;
    private @Nullable ByteBuffer view;
    private byte @Nullable [] scratch;

    /** A checksum of nothing yet. */
    public FrameChecksum() {}

    /** Begins a frame. */
    public FrameChecksum reset() {
        crc.reset();
        return this;
    }

    /** Takes the payload's next part: the buffer's bytes from position to limit. Moves the position to the limit. */
    public void update(ByteBuffer payloadPart) {
        if (payloadPart.isDirect() || payloadPart.hasArray()) {
            crc.update(payloadPart);
            return;
        }
        byte[] copy = scratch(); // a read-only buffer on the heap: the JDK would allocate for each call
        while (payloadPart.hasRemaining()) {
            int n = Math.min(copy.length, payloadPart.remaining());
            payloadPart.get(copy, 0, n);
            crc.update(copy, 0, n);
        }
    }

    /** Takes the payload's next part. */
    public void update(byte[] payloadPart, int offset, int length) {
        crc.update(payloadPart, offset, length);
    }

    /**
     * Takes the payload's next part. Calls in a row for the same memory allocate nothing after the first.
     *
     * @param s any segment that this thread may read
     */
    public void update(MemorySegment s, long offset, long length) {
        ByteBuffer buffer = viewOf(s);
        if (buffer == null) {
            updateByCopy(s, offset, length);
            return;
        }
        crc.update(buffer.limit((int) (offset + length)).position((int) offset));
    }

    /**
     * Ends the frame.
     *
     * @param length of the payload
     * @param headerWord1 see {@link FrameLayout#headerWord1}
     * @param generation the one in force; for a mark, the one it carries
     * @param position of the frame's first byte
     * @return what stands in the frame's first four bytes
     */
    public int finish(int length, long headerWord1, int generation, long position) {
        INT.set(place, 0, length);
        LONG.set(place, 4, headerWord1);
        INT.set(place, 12, generation);
        LONG.set(place, 16, position);
        crc.update(place, 0, place.length);
        return (int) crc.getValue();
    }

    private @Nullable ByteBuffer viewOf(MemorySegment s) {
        if (s.equals(viewed)) return view;
        boolean viewable = s.byteSize() <= Integer.MAX_VALUE
                && (s.isNative() || s.heapBase().orElse(null) instanceof byte[]);
        view = viewable ? s.asByteBuffer() : null;
        viewed = s;
        return view;
    }

    private void updateByCopy(MemorySegment s, long offset, long length) {
        byte[] copy = scratch();
        for (long done = 0; done < length; ) {
            int n = (int) Math.min(copy.length, length - done);
            MemorySegment.copy(s, ValueLayout.JAVA_BYTE, offset + done, copy, 0, n);
            crc.update(copy, 0, n);
            done += n;
        }
    }

    private byte[] scratch() {
        byte[] bytes = scratch;
        if (bytes == null) {
            bytes = new byte[SCRATCH_BYTES];
            scratch = bytes;
        }
        return bytes;
    }
}
