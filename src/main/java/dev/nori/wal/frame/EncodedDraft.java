package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A small frame as it will be stored, encoded and summed up before it has its place: once it has, {@link #finish} adds the header and the
 * frame is copied in one piece. Mutable and meant to be reused; one thread.
 */
public final class EncodedDraft implements FrameDraft {
    /**
     * The longest payload that is encoded ahead. The bytes are copied once more, which for long ones would cost what it saves; where that
     * begins was not measured ({@code docs/benchmarks/append.md}).
     */
    public static final int MOST_BYTES = 8 << 10;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final FrameChecksum checksum = new FrameChecksum();
    private final Sink sink = new Sink();
    private byte[] frame = new byte[256];
    private byte kind;
    private byte flags;
    private int keyField;
    private int count;
    private int payloadBytes;

    /** A draft of nothing. */
    public EncodedDraft() {}

    /**
     * Encodes a frame, if that pays and may be done before it has its place.
     *
     * @return this, or the frame as it was drafted
     */
    public FrameDraft encode(FrameDraft draft) {
        boolean isWrittenInPlace = draft instanceof RecordDraft record && record.isWritten();
        if (isWrittenInPlace || draft.payloadBytes() > MOST_BYTES) return draft;
        kind = draft.kind();
        flags = draft.flags();
        keyField = draft.keyField();
        count = draft.count();
        payloadBytes = (int) draft.payloadBytes();
        if (frame.length < frameBytes()) frame = new byte[Math.max(frameBytes(), 2 * frame.length)];
        sink.at = FrameLayout.HEADER_BYTES;
        draft.writePayload(sink);
        checksum.reset().update(frame, FrameLayout.HEADER_BYTES, payloadBytes);
        sink.padTo8();
        return this;
    }

    /**
     * Ends the frame, which has its place now.
     *
     * @return the bytes of the frame, of which {@link #frameBytes} count
     */
    public byte[] finish(long headerWord1, int generation, long position) {
        int crc = checksum.finish(payloadBytes, headerWord1, generation, position);
        LONG.set(frame, 0, FrameLayout.headerWord0(crc, payloadBytes));
        LONG.set(frame, Long.BYTES, headerWord1);
        return frame;
    }

    /** Length of the frame, with header and padding. */
    public int frameBytes() {
        return (int) FrameLayout.frameBytes(payloadBytes);
    }

    @Override
    public byte kind() {
        return kind;
    }

    @Override
    public byte flags() {
        return flags;
    }

    @Override
    public int keyField() {
        return keyField;
    }

    @Override
    public long payloadBytes() {
        return payloadBytes;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void writePayload(PayloadSink other) {
        other.putBytes(frame, FrameLayout.HEADER_BYTES, payloadBytes);
    }

    /** Fills the frame, which has room for it all. */
    private final class Sink implements PayloadSink {
        private int at;

        @Override
        public void putInt(int v) {
            INT.set(frame, at, v);
            at += Integer.BYTES;
        }

        @Override
        public void putLong(long v) {
            LONG.set(frame, at, v);
            at += Long.BYTES;
        }

        @Override
        public void putBytes(MemorySegment source, long offset, long length) {
            MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, frame, at, (int) length);
            at += (int) length;
        }

        @Override
        public void putBytes(byte[] source, int offset, int length) {
            System.arraycopy(source, offset, frame, at, length);
            at += length;
        }

        @Override
        public void putBytes(ByteBuffer source, int offset, int length) {
            source.get(offset, frame, at, length);
            at += length;
        }

        @Override
        public void padTo8() {
            int end = (at + 7) & -8;
            Arrays.fill(frame, at, end, (byte) 0);
            at = end;
        }
    }
}
