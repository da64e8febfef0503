package dev.nori.wal.codec;

import dev.nori.wal.Compression;
import dev.nori.wal.frame.ByteSource;
import dev.nori.wal.frame.FrameLayout;

/** Compresses values as their records wish, and learns which are worth it. One for each log, for any thread. */
public final class Packer {
    /** A compressed value is preceded by its raw length. */
    private static final int COMPRESSED_EXTRA_BYTES = Integer.BYTES;

    private final AutoChoice auto = new AutoChoice();

    /** Nothing learned yet. */
    public Packer() {}

    /**
     * Compresses a value, which is then the compressed one. What does not get smaller, and what is longer than any segment,
     * is left as it is.
     *
     * @param value refers to {@code memory} afterwards, if it was compressed
     * @param level for {@link Compression#ZSTD}
     * @return how the value is stored; never {@link Compression#AUTO}
     * @throws IllegalArgumentException if the compression is not available; the message says what to add
     */
    public Compression pack(ByteSource value, Compression wanted, int level, PackedMemory memory) {
        if (wanted == Compression.NONE) return Compression.NONE;
        if (wanted != Compression.AUTO) Codecs.require(wanted); // or it is refused, however small the value
        if (value.bytes() == 0 || value.bytes() > FrameLayout.MAX_PAYLOAD_BYTES) return Compression.NONE;
        int rawBytes = (int) value.bytes();
        Compression chosen = wanted == Compression.AUTO ? auto.choose(rawBytes) : wanted;
        if (chosen == Compression.NONE) return Compression.NONE;
        Codec codec = Codecs.require(chosen);
        byte[] room = memory.packed(codec.boundBytes(rawBytes));
        int storedBytes = codec.compress(raw(value, memory), rawBytes, room, level);
        if (!isKept(wanted, rawBytes, storedBytes + COMPRESSED_EXTRA_BYTES)) return Compression.NONE;
        value.set(room, 0, storedBytes);
        return chosen;
    }

    private static byte[] raw(ByteSource value, PackedMemory memory) {
        byte[] raw = memory.raw((int) value.bytes());
        value.copyTo(raw);
        return raw;
    }

    private boolean isKept(Compression wanted, int rawBytes, int storedBytes) {
        return wanted == Compression.AUTO ? auto.saw(rawBytes, storedBytes) : storedBytes < rawBytes;
    }
}
