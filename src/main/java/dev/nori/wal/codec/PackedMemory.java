package dev.nori.wal.codec;

/** Arrays for values before and after they are compressed, kept for the next value unless they are large. One thread. */
public final class PackedMemory {
    private static final int MOST_KEPT_BYTES = 1 << 20;

    private byte[] raw = {};
    private byte[] packed = {};

    /** Nothing yet. */
    public PackedMemory() {}

    byte[] raw(int bytes) {
        if (raw.length >= bytes) return raw;
        byte[] fresh = new byte[bytes];
        if (bytes <= MOST_KEPT_BYTES) raw = fresh;
        return fresh;
    }

    byte[] packed(int bytes) {
        if (packed.length >= bytes) return packed;
        byte[] fresh = new byte[bytes];
        if (bytes <= MOST_KEPT_BYTES) packed = fresh;
        return fresh;
    }
}
