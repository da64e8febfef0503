package dev.nori.wal.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/**
 * One Zstandard frame, with its content size and without its checksum: the record has a better one.
 *
 * <p>Making a context costs several times what compressing a small value does, and a context is for one thread at a
 * time; so contexts are lent.
 */
final class ZstdCodec implements Codec {
    /** Higher levels take so much time that making a context is nothing, and so much memory that keeping it is much. */
    private static final int MOST_KEPT_LEVEL = 9;

    /** Zstandard's largest block, and the least a block takes: a header of three bytes and one byte to repeat. */
    private static final long MOST_BLOCK_BYTES = 128 * 1024;

    private static final long LEAST_BLOCK_STORED_BYTES = 4;

    private final Lending<ZstdCompressCtx> compressors = new Lending<>(ZstdCodec::compressor);
    private final Lending<ZstdDecompressCtx> decompressors = new Lending<>(ZstdDecompressCtx::new);

    ZstdCodec() {
        compressors.giveBack(compressors.take()); // loads the native library now, or fails now
    }

    private static ZstdCompressCtx compressor() {
        return new ZstdCompressCtx().setContentSize(true).setChecksum(false);
    }

    @Override
    public int boundBytes(int rawBytes) {
        return Math.toIntExact(Zstd.compressBound(rawBytes));
    }

    @Override
    public int compress(byte[] raw, int rawBytes, byte[] into, int level) {
        ZstdCompressCtx context = level <= MOST_KEPT_LEVEL ? compressors.take() : compressor();
        try {
            return context.setLevel(level).compressByteArray(into, 0, into.length, raw, 0, rawBytes);
        } finally {
            if (level <= MOST_KEPT_LEVEL) compressors.giveBack(context);
            else context.close();
        }
    }

    @Override
    public long mostRawBytes(long storedBytes) {
        return storedBytes / LEAST_BLOCK_STORED_BYTES * MOST_BLOCK_BYTES;
    }

    @Override
    public void decompress(byte[] stored, byte[] raw) throws CodecException {
        checkSaid(Zstd.getFrameContentSize(stored, 0, stored.length), raw.length);
        ZstdDecompressCtx context = decompressors.take();
        try {
            checkHeld(context.decompressByteArray(raw, 0, raw.length, stored, 0, stored.length), raw.length);
        } catch (ZstdException e) {
            throw notAFrame(raw.length, e);
        } finally {
            decompressors.giveBack(context);
        }
    }

    @Override
    public void decompress(ByteBuffer stored, int offset, int storedBytes, ByteBuffer raw, int rawBytes)
            throws CodecException {
        checkSaid(Zstd.getDirectByteBufferFrameContentSize(stored, offset, storedBytes), rawBytes);
        ZstdDecompressCtx context = decompressors.take();
        try {
            checkHeld(context.decompressDirectByteBuffer(raw, 0, rawBytes, stored, offset, storedBytes), rawBytes);
        } catch (ZstdException e) {
            throw notAFrame(rawBytes, e);
        } finally {
            decompressors.giveBack(context);
        }
    }

    private static void checkSaid(long contentBytes, int rawBytes) throws CodecException {
        if (contentBytes == rawBytes) return;
        throw new CodecException(
                "a Zstandard frame says %d bytes, its record says %d".formatted(contentBytes, rawBytes), null);
    }

    private static void checkHeld(int gotBytes, int rawBytes) throws CodecException {
        if (gotBytes == rawBytes) return;
        throw new CodecException(
                "a Zstandard frame holds %d bytes, its record says %d".formatted(gotBytes, rawBytes), null);
    }

    private static CodecException notAFrame(int rawBytes, ZstdException e) {
        return new CodecException("not a Zstandard frame of %d bytes".formatted(rawBytes), e);
    }
}
