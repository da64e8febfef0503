package dev.nori.wal.codec;

import java.nio.ByteBuffer;

/** One way to compress. For any thread. */
interface Codec {
    /** Room that {@link #compress} needs at most, in bytes. */
    int boundBytes(int rawBytes);

    /**
     * Compresses the beginning of one array into the other, and says how many bytes that took.
     *
     * @param level how hard to try, where there is a choice
     */
    int compress(byte[] raw, int rawBytes, byte[] into, int level);

    /** The most that this many bytes can stand for; more is a lie, and no memory is taken for it. */
    long mostRawBytes(long storedBytes);

    /**
     * Decompresses.
     *
     * @param raw exactly as long as what must come out
     * @throws CodecException if that is not what comes out
     */
    void decompress(byte[] stored, byte[] raw) throws CodecException;

    /**
     * The same between buffers outside the heap, whose positions and limits play no part and stay as they are.
     *
     * @param offset where the stored bytes begin
     * @param rawBytes exactly what must come out, at the beginning of {@code raw}
     * @throws CodecException if that is not what comes out
     */
    void decompress(ByteBuffer stored, int offset, int storedBytes, ByteBuffer raw, int rawBytes) throws CodecException;
}
