package dev.nori.wal.frame;

import dev.nori.wal.Compression;
import dev.nori.wal.Version;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of one record's payload stand. Reads only the payload it is shown, believes no length before it
 * was compared with what is there, and takes one way to write a record for each record: every other is refused.
 *
 * <p>To others it is a record in place: offsets count from the start of the window that {@link FrameCursor#decode} was
 * shown, and everything holds until the cursor looks at something else.
 */
public final class RecordShape {
    private byte kind;
    private byte flags;
    private long ttlMillis;
    private long term;
    private long index;
    private long rawValueBytes;
    private long keyOffset;
    private long keyBytes;
    private long valueOffset;
    private long valueBytes;
    private long offsetInFrame;
    private long endInFrame;

    RecordShape() {}

    /** Returns null if the payload is well formed, otherwise a sentence. */
    @Nullable String parse(MemorySegment window, long offset, long payloadBytes, byte kind, byte flags, int keyField) {
        this.kind = kind;
        this.flags = flags;
        if (!RecordFlags.areKnown(flags)) return "a record has flags that version 1 does not know: 0x" + hex(flags);
        int fixedBytes = RecordFlags.fixedBytes(flags);
        if (payloadBytes < fixedBytes) {
            return "a record's fields take %d bytes, its payload has %d".formatted(fixedBytes, payloadBytes);
        }
        keyBytes = keyField;
        long at = offset;
        if (RecordFlags.has(flags, RecordFlags.LONG_KEY)) {
            keyBytes = LittleEndian.getUnsignedInt(window, at);
            at += Integer.BYTES;
        }
        if (RecordFlags.has(flags, RecordFlags.TTL)) {
            ttlMillis = LittleEndian.getLong(window, at);
            at += Long.BYTES;
        }
        if (RecordFlags.has(flags, RecordFlags.VERSION)) {
            term = LittleEndian.getLong(window, at);
            index = LittleEndian.getLong(window, at + Long.BYTES);
            at += 2 * Long.BYTES;
        }
        if (RecordFlags.isCompressed(flags)) {
            rawValueBytes = LittleEndian.getUnsignedInt(window, at);
            at += Integer.BYTES;
        }
        keyOffset = at;
        valueOffset = at + keyBytes;
        valueBytes = payloadBytes - fixedBytes - keyBytes;
        if (!RecordFlags.isCompressed(flags)) rawValueBytes = valueBytes;
        return doubt(keyField);
    }

    private @Nullable String doubt(int keyField) {
        if (valueBytes < 0) return "a key of %d bytes is longer than its payload".formatted(keyBytes);
        boolean longKey = RecordFlags.has(flags, RecordFlags.LONG_KEY);
        if (longKey != (keyField == RecordFlags.LONG_KEY_FIELD) || (longKey && keyBytes < keyField)) {
            return "a key of %d bytes does not belong with key field %d and flags 0x%s"
                    .formatted(keyBytes, keyField, hex(flags));
        }
        if (RecordFlags.has(flags, RecordFlags.TTL) && ttlMillis < 0) {
            return "a time to live is out of range: " + Long.toUnsignedString(ttlMillis);
        }
        if (RecordFlags.isCompressed(flags)
                && (rawValueBytes <= valueBytes || rawValueBytes > FrameLayout.MAX_PAYLOAD_BYTES)) {
            return "a compressed value of %d bytes cannot hold %d".formatted(valueBytes, rawValueBytes);
        }
        if (kind == FrameKind.DELETE && rawValueBytes != 0) return "a tombstone carries a value";
        return null;
    }

    /** Says where in its frame the record stands. */
    RecordShape at(long offset, long end) {
        offsetInFrame = offset;
        endInFrame = end;
        return this;
    }

    /** Copies the record out. Only after {@link #parse} found nothing wrong with the same bytes. */
    StoredRecord read(MemorySegment window) {
        return new StoredRecord(
                copy(window, keyOffset, keyBytes),
                copy(window, valueOffset, valueBytes),
                isTombstone(),
                compression(),
                rawValueBytes,
                ttlMillis(),
                hasVersion() ? new Version(term, index) : null,
                offsetInFrame,
                endInFrame);
    }

    /** Where the key begins in the window. */
    public long keyOffset() {
        return keyOffset;
    }

    /** Length of the key. */
    public long keyBytes() {
        return keyBytes;
    }

    /** Where the value, as stored, begins in the window. */
    public long valueOffset() {
        return valueOffset;
    }

    /** Length of the value, as stored. */
    public long valueBytes() {
        return valueBytes;
    }

    /** See {@link StoredRecord#rawValueBytes}. */
    public long rawValueBytes() {
        return rawValueBytes;
    }

    /** How the value is stored. */
    public Compression compression() {
        return RecordFlags.compression(flags);
    }

    /** Whether it removes its key. */
    public boolean isTombstone() {
        return kind == FrameKind.DELETE;
    }

    /** {@link StoredRecord#NO_TTL} or at least 0. */
    public long ttlMillis() {
        return RecordFlags.has(flags, RecordFlags.TTL) ? ttlMillis : StoredRecord.NO_TTL;
    }

    /** Whether it has a version. */
    public boolean hasVersion() {
        return RecordFlags.has(flags, RecordFlags.VERSION);
    }

    /** The version's term; 0 without one. */
    public long term() {
        return hasVersion() ? term : 0;
    }

    /** The version's index; 0 without one. */
    public long index() {
        return hasVersion() ? index : 0;
    }

    /** See {@link StoredRecord#offsetInFrame}. */
    public long offsetInFrame() {
        return offsetInFrame;
    }

    /** See {@link StoredRecord#endInFrame}. */
    public long endInFrame() {
        return endInFrame;
    }

    private static MemorySegment copy(MemorySegment window, long offset, long length) {
        return MemorySegment.ofArray(window.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }

    private static String hex(byte flags) {
        return Integer.toHexString(flags & 0xFF);
    }
}
