package dev.nori.wal.frame;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Frames as bytes, for a place and a generation. */
record FrameImage(int generation, long position, int timeDelta) {
    /** Collects a payload. */
    static final class Payload implements PayloadSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void putInt(int v) {
            bytes.writeBytes(little(Integer.BYTES).putInt(v).array());
        }

        @Override
        public void putLong(long v) {
            bytes.writeBytes(little(Long.BYTES).putLong(v).array());
        }

        @Override
        public void putBytes(MemorySegment source, long offset, long length) {
            bytes.writeBytes(source.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
        }

        @Override
        public void padTo8() {
            while (bytes.size() % 8 != 0) bytes.write(0);
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }

    static final FrameImage PLACE = new FrameImage(7, 4096 + 8, 1234);

    byte[] record(WalRecord record) {
        return record(new RecordDraft().set(record, record.value(), Compression.NONE));
    }

    byte[] record(RecordDraft draft) {
        Payload payload = new Payload();
        draft.writePayload(payload);
        return sealed(draft.kind(), draft.flags(), draft.keyField(), payload.toBytes());
    }

    byte[] batch(List<RecordDraft> drafts) {
        BatchDraft draft = new BatchDraft().set(drafts);
        Payload payload = new Payload();
        draft.writePayload(payload);
        return sealed(FrameKind.BATCH, (byte) 0, 0, payload.toBytes());
    }

    byte[] mark(long durable, long sequence, int reason) {
        Payload payload = new Payload();
        Marks.writePayload(payload, durable, sequence, generation, reason);
        return sealed(FrameKind.MARK, (byte) 0, 0, payload.toBytes());
    }

    /** Any payload under a right checksum, sensible or not. */
    byte[] sealed(int kind, int flags, int keyField, byte[] payload) {
        FrameChecksum checksum = new FrameChecksum().reset();
        checksum.update(ByteBuffer.wrap(payload));
        long word1 = FrameLayout.headerWord1((byte) kind, (byte) flags, keyField, timeDelta);
        int crc = checksum.finish(payload.length, word1, generation, position);
        return little((int) FrameLayout.frameBytes(payload.length))
                .putLong(FrameLayout.headerWord0(crc, payload.length))
                .putLong(word1)
                .put(payload)
                .array();
    }

    FrameCursor.Outcome decode(FrameCursor cursor, byte[] bytes) {
        return decode(cursor, MemorySegment.ofArray(bytes));
    }

    FrameCursor.Outcome decode(FrameCursor cursor, MemorySegment window) {
        return cursor.decode(window, 0, window.byteSize(), position, generation, FrameLayout.MAX_SEGMENT_BYTES);
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
