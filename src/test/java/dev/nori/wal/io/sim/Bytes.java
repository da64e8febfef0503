package dev.nori.wal.io.sim;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Sectors compared and spoiled. A missing sector is one of zeros. */
final class Bytes {
    private Bytes() {}

    static boolean same(byte @Nullable [] a, byte @Nullable [] b) {
        if (a == null) return b == null || zero(b);
        return b == null ? zero(a) : Arrays.equals(a, b);
    }

    /** Nothing anybody wrote, but the same at every replay. */
    static byte[] garbage(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** The new content with every byte spoiled in which it differs from the old one. */
    static byte[] garbageWhereChanged(byte @Nullable [] before, byte[] after, long seed) {
        byte[] bytes = garbage(after.length, seed);
        for (int i = 0; i < after.length; i++) {
            byte old = before == null ? 0 : before[i];
            if (old == after[i]) bytes[i] = old;
        }
        return bytes;
    }

    private static boolean zero(byte[] bytes) {
        for (byte b : bytes) if (b != 0) return false;
        return true;
    }
}
