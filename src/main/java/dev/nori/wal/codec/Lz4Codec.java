package dev.nori.wal.codec;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * LZ4 blocks without any framing; both lengths are the record's business.
 *
 * <p>Native code only where it is allowed for the library, because merely trying prints a warning elsewhere. The
 * library's Java code is two to four times slower and reads and writes the same.
 */
final class Lz4Codec implements Codec {
    private static final int MOST_EXPANSION = 255;

    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    Lz4Codec() {
        LZ4Factory factory = factory();
        compressor = factory.fastCompressor();
        decompressor = factory.safeDecompressor();
    }

    private static LZ4Factory factory() {
        if (!LZ4Factory.class.getModule().isNativeAccessEnabled()) return LZ4Factory.safeInstance();
        try {
            return LZ4Factory.nativeInstance();
        } catch (LinkageError noNativeCodeForThisMachine) {
            return LZ4Factory.safeInstance();
        }
    }

    @Override
    public int boundBytes(int rawBytes) {
        return compressor.maxCompressedLength(rawBytes);
    }

    @Override
    public int compress(byte[] raw, int rawBytes, byte[] into, int level) {
        return compressor.compress(raw, 0, rawBytes, into, 0, into.length);
    }

    @Override
    public long mostRawBytes(long storedBytes) {
        return storedBytes * MOST_EXPANSION;
    }

    @Override
    public void decompress(byte[] stored, byte[] raw) throws CodecException {
        try {
            check(decompressor.decompress(stored, 0, stored.length, raw, 0, raw.length), raw.length);
        } catch (LZ4Exception | IndexOutOfBoundsException e) {
            throw notABlock(raw.length, e);
        }
    }

    @Override
    public void decompress(ByteBuffer stored, int offset, int storedBytes, ByteBuffer raw, int rawBytes)
            throws CodecException {
        try {
            check(decompressor.decompress(stored, offset, storedBytes, raw, 0, rawBytes), rawBytes);
        } catch (LZ4Exception | IndexOutOfBoundsException e) {
            throw notABlock(rawBytes, e);
        }
    }

    private static void check(int gotBytes, int rawBytes) throws CodecException {
        if (gotBytes == rawBytes) return;
        throw new CodecException("an LZ4 block holds %d bytes, its record says %d".formatted(gotBytes, rawBytes), null);
    }

    private static CodecException notABlock(int rawBytes, RuntimeException e) {
        return new CodecException("not an LZ4 block of %d bytes".formatted(rawBytes), e);
    }
}
