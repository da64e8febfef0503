package dev.nori.wal.codec;

import dev.nori.wal.Compression;
import dev.nori.wal.Version;
import dev.nori.wal.WalRecord;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.StoredRecord;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/** The codecs that are there, and the way from what is stored back to a record; {@link Packer} goes the other way. For any thread. */
public final class Codecs {
    private Codecs() {}

    /** Initialised, and with it the library, when somebody first asks for LZ4. */
    private static final class Lz4 {
        static final Availability FOUND =
                Availability.load("LZ4", "at.yawk.lz4:lz4-java", "org.lz4.java", () -> new Lz4Codec());
    }

    /** Initialised, and with it the library, when somebody first asks for Zstandard. */
    private static final class Zstandard {
        static final Availability FOUND = Availability.load(
                "Zstandard", "com.github.luben:zstd-jni", "com.github.luben.zstd_jni", () -> new ZstdCodec());
    }

    /** Whether values can be stored and read with this compression here. The first question loads the library. */
    public static boolean isAvailable(Compression compression) {
        return switch (compression) {
            case NONE, AUTO -> true;
            case LZ4, ZSTD -> find(compression) instanceof Availability.Ready;
        };
    }

    /**
     * Makes a record of what was stored. The record says how its value was stored, and owns its memory together with
     * {@code stored}.
     *
     * @throws CodecException if the value cannot be decompressed to what the record says; nothing was kept
     * @throws IllegalArgumentException if the compression is not available; the message says what to add
     */
    public static WalRecord load(StoredRecord stored) throws CodecException {
        WalRecord record = stored.tombstone()
                ? WalRecord.delete(stored.key())
                : WalRecord.put(stored.key(), value(stored)).compressed(stored.compression());
        if (stored.ttlMillis() != StoredRecord.NO_TTL) record = record.withTtl(Duration.ofMillis(stored.ttlMillis()));
        Version version = stored.version();
        return version == null ? record : record.withVersion(version.term(), version.index());
    }

    private static MemorySegment value(StoredRecord stored) throws CodecException {
        if (stored.compression() == Compression.NONE) return stored.value();
        Codec codec = find(stored.compression(), stored.value().byteSize(), stored.rawValueBytes());
        byte[] raw = new byte[(int) stored.rawValueBytes()];
        codec.decompress(bytes(stored.value()), raw);
        return MemorySegment.ofArray(raw);
    }

    /** The codec for a stored value, once its lengths are such that memory may be taken for it. */
    static Codec find(Compression compression, long storedBytes, long rawBytes) throws CodecException {
        Codec codec = require(compression);
        long most = Math.min(codec.mostRawBytes(storedBytes), FrameLayout.MAX_PAYLOAD_BYTES);
        if (rawBytes > storedBytes && rawBytes <= most) return codec;
        throw new CodecException("%d bytes of %s cannot hold %d".formatted(storedBytes, compression, rawBytes), null);
    }

    /** The array behind a segment where the segment is all of it, otherwise a copy. */
    private static byte[] bytes(MemorySegment segment) {
        return segment.heapBase().orElse(null) instanceof byte[] array && array.length == segment.byteSize()
                ? array
                : segment.toArray(ValueLayout.JAVA_BYTE);
    }

    static Codec require(Compression compression) {
        return switch (find(compression)) {
            case Availability.Ready ready -> ready.codec();
            case Availability.Missing missing -> throw new IllegalArgumentException(missing.what(), missing.cause());
        };
    }

    private static Availability find(Compression compression) {
        return switch (compression) {
            case LZ4 -> Lz4.FOUND;
            case ZSTD -> Zstandard.FOUND;
            case NONE, AUTO -> throw new AssertionError("no codec of its own: " + compression);
        };
    }
}
