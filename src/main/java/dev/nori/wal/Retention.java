package dev.nori.wal;

import java.time.Duration;
import java.util.Objects;

/**
 * What a log drops by itself, and what it keeps of the files. Applied in the background whenever a segment was filled and sealed, to
 * whole segments, oldest first, and never to one that somebody reads ({@link Wal#truncateBefore}). Off by default: a log keeps
 * everything until it is told to trim.
 *
 * @param bytes of the log that are kept at least: older segments are dropped. {@code Long.MAX_VALUE}, the default, for all
 * @param age segments whose last record is older than this are dropped. {@link #FOREVER} by default
 * @param spareSegments how many files of dropped segments are kept to be used again, which spares the file system work at the next rolls; the
 *     rest are deleted. 0 to {@value #MAX_SPARE_SEGMENTS}, default {@value #DEFAULT_SPARE_SEGMENTS}. Holds for every kind of trimming
 */
public record Retention(long bytes, Duration age, int spareSegments) {
    /** An age that no record reaches. */
    public static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    /** The most spares. */
    public static final int MAX_SPARE_SEGMENTS = 64;

    private static final int DEFAULT_SPARE_SEGMENTS = 2;

    /** Checks every limit. */
    public Retention {
        Objects.requireNonNull(age, "age");
        if (bytes < 0) throw new IllegalArgumentException("bytes must be >= 0: " + bytes);
        if (age.isNegative() || age.compareTo(FOREVER) > 0) {
            throw new IllegalArgumentException("age must be from 0 to FOREVER: " + age);
        }
        if (spareSegments < 0 || spareSegments > MAX_SPARE_SEGMENTS) {
            throw new IllegalArgumentException(
                    "spareSegments must be from 0 to %d: %d".formatted(MAX_SPARE_SEGMENTS, spareSegments));
        }
    }

    /** Everything is kept, and two spares. */
    public static Retention keepAll() {
        return new Retention(Long.MAX_VALUE, FOREVER, DEFAULT_SPARE_SEGMENTS);
    }

    /** A copy that keeps at least so many bytes of the log. */
    public Retention withBytes(long least) {
        return new Retention(least, age, spareSegments);
    }

    /** A copy that drops what is older. */
    public Retention withAge(Duration most) {
        return new Retention(bytes, most, spareSegments);
    }

    /** A copy that keeps so many spares. */
    public Retention withSpareSegments(int most) {
        return new Retention(bytes, age, most);
    }
}
