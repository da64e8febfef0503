package dev.nori.wal.crash.disk;

/** Derives seeds from seeds. The values are part of what makes a run replayable: do not change them. */
public final class Seeds {
    private Seeds() {}

    /** A seed for the {@code index}-th thing under this seed; neighbours are unrelated. */
    public static long mix(long seed, long index) {
        long z = seed + (index + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
