package dev.nori.wal.frame;

import java.util.OptionalLong;

/** File names of segments: the id in at least ten decimal digits, then {@code .wal}. */
public final class SegmentName {
    private static final String SUFFIX = ".wal";
    private static final int MIN_DIGITS = 10;
    private static final int MAX_DIGITS = 18;

    private SegmentName() {}

    /** The name of a segment's file; names sort like ids up to 9,999,999,999. */
    public static String of(long id) {
        if (id < 0) throw new IllegalArgumentException("segment id must be >= 0: " + id);
        String digits = Long.toString(id);
        return "0".repeat(Math.max(0, MIN_DIGITS - digits.length())) + digits + SUFFIX;
    }

    /** The id in a name that {@link #of} gives; empty for every other name. */
    public static OptionalLong parse(String name) {
        if (!name.endsWith(SUFFIX)) return OptionalLong.empty();
        String digits = name.substring(0, name.length() - SUFFIX.length());
        boolean number = digits.length() >= MIN_DIGITS
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) return OptionalLong.empty();
        long id = Long.parseLong(digits);
        return of(id).equals(name) ? OptionalLong.of(id) : OptionalLong.empty();
    }
}
