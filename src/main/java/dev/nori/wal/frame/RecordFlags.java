package dev.nori.wal.frame;

import dev.nori.wal.Compression;

/**
 * The flags of a record: which optional fields its payload begins with.
 *
 * <pre>
 *   bit   7 6 5      4          3 2           1         0
 *         zero       long key   compression   version   ttl
 * </pre>
 */
final class RecordFlags {
    static final int TTL = 1;
    static final int VERSION = 1 << 1;
    static final int LONG_KEY = 1 << 4;

    /** The header's key length when the real one stands in the payload. */
    static final int LONG_KEY_FIELD = 0xFFFF;

    private static final int COMPRESSION_SHIFT = 2;
    private static final int COMPRESSION_MASK = 3;
    private static final int LZ4 = 1;
    private static final int ZSTD = 2;
    private static final int RESERVED_COMPRESSION = 3;
    private static final int RESERVED_BITS = 0xE0;

    private RecordFlags() {}

    static int of(Compression compression) {
        return switch (compression) {
            case NONE -> 0;
            case LZ4 -> LZ4 << COMPRESSION_SHIFT;
            case ZSTD -> ZSTD << COMPRESSION_SHIFT;
            case AUTO -> throw new AssertionError("AUTO is a wish, not a way to store");
        };
    }

    /** The compression of flags that are {@link #areKnown known}. */
    static Compression compression(byte flags) {
        return switch (compressionBits(flags)) {
            case LZ4 -> Compression.LZ4;
            case ZSTD -> Compression.ZSTD;
            default -> Compression.NONE;
        };
    }

    static boolean areKnown(byte flags) {
        return (flags & RESERVED_BITS) == 0 && compressionBits(flags) != RESERVED_COMPRESSION;
    }

    static boolean isCompressed(byte flags) {
        return compressionBits(flags) != 0;
    }

    static boolean has(byte flags, int bit) {
        return (flags & bit) != 0;
    }

    /** What the fields take that stand before the key, in bytes. */
    static int fixedBytes(byte flags) {
        return (has(flags, LONG_KEY) ? Integer.BYTES : 0)
                + (has(flags, TTL) ? Long.BYTES : 0)
                + (has(flags, VERSION) ? 2 * Long.BYTES : 0)
                + (isCompressed(flags) ? Integer.BYTES : 0);
    }

    private static int compressionBits(byte flags) {
        return flags >>> COMPRESSION_SHIFT & COMPRESSION_MASK;
    }
}
