package dev.nori.wal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change: a key with its value, or the removal of a key. Empty keys and empty values are legal.
 *
 * <p>Immutable as long as the memory behind it is left alone: a record refers to the arrays, buffers and
 * segments it was made from and copies nothing. The log copies when it appends; after that the memory is the
 * caller's again. Records that were read from a log own their memory.
 */
public final class WalRecord {
    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);
    private static final long NO_TTL = -1;

    private final MemorySegment key;
    private final MemorySegment value;
    private final boolean tombstone;
    private final long ttlMillis;
    private final @Nullable Version version;
    private final Compression compression;
    private final int level;

    private WalRecord(
            MemorySegment key,
            MemorySegment value,
            boolean tombstone,
            long ttlMillis,
            @Nullable Version version,
            Compression compression,
            int level) {
        this.key = key.asReadOnly();
        this.value = value.asReadOnly();
        this.tombstone = tombstone;
        this.ttlMillis = ttlMillis;
        this.version = version;
        this.compression = Objects.requireNonNull(compression);
        this.level = level;
    }

    /** A key and its value. */
    public static WalRecord put(byte[] key, byte[] value) {
        return put(MemorySegment.ofArray(key), MemorySegment.ofArray(value));
    }

    /** A key and its value; each buffer's bytes from its position to its limit, which are not moved. */
    public static WalRecord put(ByteBuffer key, ByteBuffer value) {
        return put(MemorySegment.ofBuffer(key), MemorySegment.ofBuffer(value));
    }

    /** A key and its value. */
    public static WalRecord put(MemorySegment key, MemorySegment value) {
        return new WalRecord(key, value, false, NO_TTL, null, Compression.NONE, Compression.DEFAULT_LEVEL);
    }

    /**
     * A key and a value that means something for a while, counted from the time of the append, which the log stores.
     * The log itself never drops a record because of its age.
     *
     * @param ttl at least zero; kept in milliseconds
     */
    public static WalRecord putWithTtl(byte[] key, byte[] value, Duration ttl) {
        return put(key, value).withTtl(ttl);
    }

    /** The removal of a key: a tombstone. */
    public static WalRecord delete(byte[] key) {
        return delete(MemorySegment.ofArray(key));
    }

    /** The removal of a key: a tombstone. */
    public static WalRecord delete(ByteBuffer key) {
        return delete(MemorySegment.ofBuffer(key));
    }

    /** The removal of a key: a tombstone. */
    public static WalRecord delete(MemorySegment key) {
        return new WalRecord(key, NOTHING, true, NO_TTL, null, Compression.NONE, Compression.DEFAULT_LEVEL);
    }

    /** The same record, to be stored with that compression where it makes the value smaller. */
    public WalRecord compressed(Compression wanted) {
        return new WalRecord(key, value, tombstone, ttlMillis, version, wanted, Compression.DEFAULT_LEVEL);
    }

    /**
     * The same with a level, which says how hard to try.
     *
     * @param wanted {@link Compression#ZSTD}; the others have no levels
     * @param level from 1, fast, to 22, small; 3 if nothing is said
     * @throws IllegalArgumentException if there is no such level
     */
    public WalRecord compressed(Compression wanted, int level) {
        return new WalRecord(key, value, tombstone, ttlMillis, version, wanted, wanted.checkedLevel(level));
    }

    /** The same record with a version. */
    public WalRecord withVersion(long term, long index) {
        return new WalRecord(key, value, tombstone, ttlMillis, new Version(term, index), compression, level);
    }

    /**
     * The same record with a time to live.
     *
     * @param ttl at least zero; kept in milliseconds
     */
    public WalRecord withTtl(Duration ttl) {
        if (ttl.isNegative()) throw new IllegalArgumentException("ttl must be >= 0: " + ttl);
        return new WalRecord(key, value, tombstone, ttl.toMillis(), version, compression, level);
    }

    /** The key's bytes, read-only. */
    public MemorySegment key() {
        return key;
    }

    /** The value's bytes, not compressed, read-only; of length zero for a tombstone. */
    public MemorySegment value() {
        return value;
    }

    /** A copy of the key. */
    public byte[] keyBytes() {
        return key.toArray(ValueLayout.JAVA_BYTE);
    }

    /** A copy of the value. */
    public byte[] valueBytes() {
        return value.toArray(ValueLayout.JAVA_BYTE);
    }

    /** Whether this removes its key. */
    public boolean isTombstone() {
        return tombstone;
    }

    /** How long the value means something after its append, if limited. */
    public Optional<Duration> ttl() {
        return ttlMillis == NO_TTL ? Optional.empty() : Optional.of(Duration.ofMillis(ttlMillis));
    }

    /** The version, if there is one. */
    public Optional<Version> version() {
        return Optional.ofNullable(version);
    }

    /** What was asked for, or, in a record that was read, how the value is stored. */
    public Compression compression() {
        return compression;
    }

    /** The level that was asked for, which matters for {@link Compression#ZSTD} alone; the log does not store it. */
    public int compressionLevel() {
        return level;
    }

    /** Equal in every part but {@link #compression}, which is how a value is kept and not what it says. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WalRecord that
                && tombstone == that.tombstone
                && ttlMillis == that.ttlMillis
                && Objects.equals(version, that.version)
                && key.mismatch(that.key) == -1
                && value.mismatch(that.value) == -1;
    }

    @Override
    public int hashCode() {
        ByteBuffer bytes = key.asByteBuffer();
        return 31 * bytes.hashCode() + Boolean.hashCode(tombstone);
    }

    @Override
    public String toString() {
        return (tombstone ? "delete(" : "put(") + key.byteSize() + " B key, " + value.byteSize() + " B value)";
    }
}
