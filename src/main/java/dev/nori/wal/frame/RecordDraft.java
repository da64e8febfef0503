package dev.nori.wal.frame;

import dev.nori.wal.Compression;
import dev.nori.wal.RecordWriter;
import dev.nori.wal.WalRecord;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A record as it will be stored. Mutable and meant to be reused; one thread.
 *
 * <pre>
 *   payload:  [u32 key length]  if long key          '---- in this order, each only if its flag is set
 *             [u64 ttl, ms]     if ttl               |
 *             [u64 term][u64 index]  if version      |
 *             [u32 raw value length] if compressed   '
 *             key
 *             value, as stored
 * </pre>
 *
 * <p>Describe it ({@link #ttl}, {@link #version}, {@link #key}, {@link #value}), then end with {@link #put}, {@link #delete} or
 * {@link #putWritten}. Time to live and version stay until they are changed.
 */
public final class RecordDraft implements FrameDraft {
    private final ByteSource key = new ByteSource();
    private final ByteSource value = new ByteSource();
    private @Nullable RecordWriter writer;
    private long keyBytes;
    private long valueBytes;
    private byte kind;
    private byte flags;
    private long ttlMillis = StoredRecord.NO_TTL;
    private boolean versioned;
    private long term;
    private long index;
    private long rawValueBytes;
    private long payloadBytes;

    /** A draft of nothing. */
    public RecordDraft() {}

    /**
     * Makes this the draft of a record. Refers to its memory until the next call of this or of {@link #clear}.
     *
     * @param record what is to be stored; its own wish for compression plays no part here
     * @param storedValue the value's bytes as they will stand in the log: {@code record.value()} if {@code used} is
     *     {@link Compression#NONE}, otherwise something shorter
     * @param used how {@code storedValue} was made
     * @return this
     * @throws IllegalArgumentException if value and compression do not belong together; a payload that is
     *     longer than {@link FrameLayout#MAX_PAYLOAD_BYTES} is not noticed here
     */
    public RecordDraft set(WalRecord record, MemorySegment storedValue, Compression used) {
        describe(record);
        value.set(storedValue);
        if (record.isTombstone()) delete();
        else put(record.value().byteSize(), used);
        return this;
    }

    /** Takes over a record's time to live, version, key and value, the last as it is. */
    public void describe(WalRecord record) {
        ttl(record.ttl().map(Duration::toMillis).orElse(StoredRecord.NO_TTL));
        record.version().ifPresentOrElse(each -> version(each.term(), each.index()), this::withoutVersion);
        key.set(record.key());
        value.set(record.value());
    }

    /** The record's time to live in milliseconds, or {@link StoredRecord#NO_TTL}. */
    public void ttl(long millis) {
        ttlMillis = millis;
    }

    /** The record has a version. */
    public void version(long newTerm, long newIndex) {
        versioned = true;
        term = newTerm;
        index = newIndex;
    }

    /** The record has no version. */
    public void withoutVersion() {
        versioned = false;
    }

    /** The key's bytes, to be set. */
    public ByteSource key() {
        return key;
    }

    /** The value's bytes as they will stand in the log, to be set. */
    public ByteSource value() {
        return value;
    }

    /**
     * It is a key with a value.
     *
     * @param rawBytes length of the value before it was compressed
     * @param used how it was compressed
     * @throws IllegalArgumentException if the value and that do not belong together
     */
    public void put(long rawBytes, Compression used) {
        checkStored(rawBytes, value.bytes(), used);
        seal(FrameKind.PUT, null, key.bytes(), value.bytes(), rawBytes, used);
    }

    /** It is the removal of a key. */
    public void delete() {
        value.clear();
        seal(FrameKind.DELETE, null, key.bytes(), 0, 0, Compression.NONE);
    }

    /** It is a key with a value, both of which are written when the payload is. */
    public void putWritten(RecordWriter by, long newKeyBytes, long newValueBytes) {
        seal(FrameKind.PUT, by, newKeyBytes, newValueBytes, newValueBytes, Compression.NONE);
    }

    private void seal(
            byte newKind, @Nullable RecordWriter by, long keyLength, long stored, long raw, Compression used) {
        int bits = RecordFlags.of(used);
        if (keyLength >= RecordFlags.LONG_KEY_FIELD) bits |= RecordFlags.LONG_KEY;
        if (ttlMillis != StoredRecord.NO_TTL) bits |= RecordFlags.TTL;
        if (versioned) bits |= RecordFlags.VERSION;
        kind = newKind;
        flags = (byte) bits;
        writer = by;
        keyBytes = keyLength;
        valueBytes = stored;
        rawValueBytes = raw;
        payloadBytes = RecordFlags.fixedBytes(flags) + keyLength + stored;
    }

    private static void checkStored(long rawBytes, long storedBytes, Compression used) {
        if (used == Compression.NONE) {
            if (storedBytes != rawBytes) {
                throw new IllegalArgumentException(
                        "a value of %d bytes, not compressed, is stored as %d".formatted(rawBytes, storedBytes));
            }
            return;
        }
        if (storedBytes >= rawBytes) {
            throw new IllegalArgumentException(
                    "a compressed value must be smaller: %d bytes, raw %d".formatted(storedBytes, rawBytes));
        }
        if (rawBytes > FrameLayout.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a compressed value may hold at most %d bytes: %d"
                    .formatted(FrameLayout.MAX_PAYLOAD_BYTES, rawBytes));
        }
    }

    /** Whether somebody else writes key and value, where they will stand. */
    public boolean isWritten() {
        return writer != null;
    }

    /** Forgets key and value, so that their memory can be collected. */
    public void clear() {
        key.clear();
        value.clear();
        writer = null;
        kind = 0;
        payloadBytes = 0;
    }

    /** {@link FrameKind#PUT} or {@link FrameKind#DELETE}. */
    @Override
    public byte kind() {
        return kind;
    }

    @Override
    public byte flags() {
        return flags;
    }

    /** The key's length, or 0xFFFF if it stands in the payload. */
    @Override
    public int keyField() {
        return (int) Math.min(keyBytes, RecordFlags.LONG_KEY_FIELD);
    }

    @Override
    public long payloadBytes() {
        return payloadBytes;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public void writePayload(PayloadSink sink) {
        if (RecordFlags.has(flags, RecordFlags.LONG_KEY)) sink.putInt((int) keyBytes);
        if (RecordFlags.has(flags, RecordFlags.TTL)) sink.putLong(ttlMillis);
        if (RecordFlags.has(flags, RecordFlags.VERSION)) {
            sink.putLong(term);
            sink.putLong(index);
        }
        if (RecordFlags.isCompressed(flags)) sink.putInt((int) rawValueBytes);
        if (writer != null) {
            sink.putWritten(writer, keyBytes, valueBytes);
            return;
        }
        key.putTo(sink);
        value.putTo(sink);
    }
}
