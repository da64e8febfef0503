package dev.nori.wal.append;

import dev.nori.wal.Compression;
import dev.nori.wal.Durability;
import dev.nori.wal.RecordWriter;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalException;
import dev.nori.wal.codec.PackedMemory;
import dev.nori.wal.codec.Packer;
import dev.nori.wal.frame.EncodedDraft;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.RecordDraft;
import dev.nori.wal.frame.StoredRecord;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/** One thread's draft of a record, used again and again. */
final class ConfinedAppender implements WalAppender {
    private final NextAppender next;
    private final Packer packer;
    private final PackedMemory memory = new PackedMemory();
    private final Thread owner = Thread.currentThread();
    private final RecordDraft draft = new RecordDraft();
    private final EncodedDraft encoded = new EncodedDraft();
    private Appender log;
    private Durability durability = Durability.POLICY;
    private Compression compression = Compression.NONE;
    private int level = Compression.DEFAULT_LEVEL;
    private boolean appending;

    ConfinedAppender(Appender log, NextAppender next, Packer packer) {
        this.log = log;
        this.next = next;
        this.packer = packer;
    }

    // ---- settings

    @Override
    public WalAppender durability(Durability wanted) {
        checkFree();
        durability = Objects.requireNonNull(wanted);
        return this;
    }

    @Override
    public WalAppender compression(Compression wanted) {
        checkFree();
        compression = Objects.requireNonNull(wanted);
        level = Compression.DEFAULT_LEVEL;
        return this;
    }

    @Override
    public WalAppender compression(Compression wanted, int wantedLevel) {
        checkFree();
        level = wanted.checkedLevel(wantedLevel);
        compression = wanted;
        return this;
    }

    @Override
    public WalAppender ttl(long ttlMillis) {
        checkFree();
        if (ttlMillis < 0) throw new IllegalArgumentException("ttlMillis must be >= 0: " + ttlMillis);
        draft.ttl(ttlMillis);
        return this;
    }

    @Override
    public WalAppender withoutTtl() {
        checkFree();
        draft.ttl(StoredRecord.NO_TTL);
        return this;
    }

    @Override
    public WalAppender version(long term, long index) {
        checkFree();
        draft.version(term, index);
        return this;
    }

    @Override
    public WalAppender withoutVersion() {
        checkFree();
        draft.withoutVersion();
        return this;
    }

    // ---- appends

    @Override
    public long put(byte[] key, byte[] value) {
        checkFree();
        draft.key().set(key);
        draft.value().set(value);
        return put();
    }

    @Override
    public long put(ByteBuffer key, ByteBuffer value) {
        checkFree();
        draft.key().set(key);
        draft.value().set(value);
        return put();
    }

    @Override
    public long put(MemorySegment key, MemorySegment value) {
        checkFree();
        draft.key().set(key);
        draft.value().set(value);
        return put();
    }

    @Override
    public long put(long keyBytes, long valueBytes, RecordWriter writer) {
        checkFree();
        checkLengths(keyBytes, valueBytes);
        draft.putWritten(writer, keyBytes, valueBytes);
        return isWrittenInPlace() ? append() : putAside(keyBytes, valueBytes, writer);
    }

    private boolean isWrittenInPlace() {
        return compression == Compression.NONE && FrameLayout.frameBytes(draft.payloadBytes()) <= log.wholeBytes();
    }

    /** Before a byte of memory is taken. What is to be compressed may be larger than a segment before. */
    private void checkLengths(long keyBytes, long valueBytes) {
        if (keyBytes < 0 || valueBytes < 0) {
            throw new IllegalArgumentException(
                    "lengths must be >= 0: a key of %d bytes, a value of %d".formatted(keyBytes, valueBytes));
        }
        long most = FrameLayout.MAX_PAYLOAD_BYTES;
        long atLeast = Math.min(keyBytes, most) + Math.min(valueBytes, most);
        if (compression == Compression.NONE || atLeast > most) log.checkSize(atLeast);
    }

    /** The bytes are needed before they have their place. */
    private long putAside(long keyBytes, long valueBytes, RecordWriter writer) {
        MemorySegment key = MemorySegment.ofArray(new byte[(int) keyBytes]);
        MemorySegment value = MemorySegment.ofArray(new byte[(int) valueBytes]);
        appending = true;
        try {
            writer.write(key, value);
        } finally {
            appending = false;
            draft.clear();
        }
        return put(key, value);
    }

    private long put() {
        try {
            long rawBytes = draft.value().bytes();
            draft.put(rawBytes, packer.pack(draft.value(), compression, level, memory));
            return append();
        } finally {
            draft.clear();
        }
    }

    @Override
    public long delete(byte[] key) {
        checkFree();
        draft.key().set(key);
        return delete();
    }

    @Override
    public long delete(ByteBuffer key) {
        checkFree();
        draft.key().set(key);
        return delete();
    }

    @Override
    public long delete(MemorySegment key) {
        checkFree();
        draft.key().set(key);
        return delete();
    }

    private long delete() {
        draft.delete();
        return append();
    }

    private long append() {
        appending = true;
        try {
            return appendAtTheEnd();
        } finally {
            appending = false;
            draft.clear();
        }
    }

    /** Where that is now: a cut may have put another end in the place of the one that this knows. */
    private long appendAtTheEnd() {
        while (true) {
            try {
                return log.append(encoded.encode(draft), durability);
            } catch (WalException.Closed e) {
                log = next.after(log, e);
            }
        }
    }

    private void checkFree() {
        if (Thread.currentThread() != owner) {
            throw new WrongThreadException("an appender belongs to the thread that made it: %s, not %s"
                    .formatted(owner, Thread.currentThread()));
        }
        if (appending) throw new IllegalStateException("a RecordWriter may not use the appender that calls it");
    }
}
