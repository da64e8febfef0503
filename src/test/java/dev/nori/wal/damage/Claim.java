package dev.nori.wal.damage;

import java.util.Arrays;

/**
 * A place in the files that says how far the log was durable.
 *
 * @param file that it stands in
 * @param from where its bytes begin
 * @param to where they end
 * @param durable the position everything before which it vouches for
 */
record Claim(String file, int from, int to, long durable) {
    /** Whether it still stands where it stood. */
    boolean stands(Image before, Image after) {
        byte[] now = after.files().get(file);
        return now != null && now.length >= to && Arrays.equals(before.bytes(file), from, to, now, from, to);
    }
}
