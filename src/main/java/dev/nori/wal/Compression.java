package dev.nori.wal;

/**
 * How a record's value is stored. Keys are never compressed.
 *
 * <p>A value that does not get smaller is stored as it is, whatever was asked for.
 */
public enum Compression {
    /** As it is. */
    NONE,
    /** LZ4 blocks; needs {@code at.yawk.lz4:lz4-java} at run time. Fast. */
    LZ4,
    /** Zstandard frames; needs {@code com.github.luben:zstd-jni} at run time. Small. */
    ZSTD,
    /**
     * A wish, never a way in which something is stored: the log decides value by value. Values below 128 bytes stay as they are,
     * those up to 16 KiB get {@link #LZ4}, larger ones {@link #ZSTD}, or the one that is there; it is no error if none is. What
     * does not save an eighth is stored as it is, and when eight values of a size in a row did not, the log stops trying for the
     * next 64 of them, then for twice as many, up to 4096.
     */
    AUTO;

    /** The level of {@link #ZSTD} if nothing is said. */
    public static final int DEFAULT_LEVEL = 3;

    /** The highest level of {@link #ZSTD}; the lowest is 1. */
    public static final int MAX_LEVEL = 22;

    /**
     * Answers the level, if this has levels and it is one.
     *
     * @throws IllegalArgumentException otherwise
     */
    public int checkedLevel(int level) {
        if (this != ZSTD) throw new IllegalArgumentException(this + " has no levels: " + level);
        if (level >= 1 && level <= MAX_LEVEL) return level;
        throw new IllegalArgumentException("level must be from 1 to %d: %d".formatted(MAX_LEVEL, level));
    }
}
