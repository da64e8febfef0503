package dev.nori.wal.crash;

/** Makes a seed of its own for each part of a run, so that any part can be replayed without the rest. */
public final class Seeds {
    private Seeds() {}

    /** A seed that follows from a seed and a number, and looks like neither. */
    public static long mix(long seed, long number) {
        long z = seed + (number + 1) * 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
