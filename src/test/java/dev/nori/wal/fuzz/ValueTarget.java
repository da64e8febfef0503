package dev.nori.wal.fuzz;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import dev.nori.wal.codec.CodecException;
import dev.nori.wal.codec.Codecs;
import dev.nori.wal.frame.StoredRecord;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A compressed value: the first byte says how, the next two how long the value claims to be, the rest is what is stored. */
public final class ValueTarget {
    private static final int HEAD_BYTES = 3;

    private ValueTarget() {}

    /** It becomes a value of exactly that length, or it is refused. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length < HEAD_BYTES) return;
        Compression compression = (bytes[0] & 1) == 0 ? Compression.LZ4 : Compression.ZSTD;
        int rawBytes = (bytes[1] & 0xFF) << 8 | (bytes[2] & 0xFF);
        MemorySegment stored = MemorySegment.ofArray(Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length));
        try {
            WalRecord record = Codecs.load(stored(stored, compression, rawBytes));
            if (record.value().byteSize() != rawBytes) throw new AssertionError("not %d bytes".formatted(rawBytes));
        } catch (CodecException e) {
            if (String.valueOf(e.getMessage()).isEmpty()) throw new AssertionError("no reason", e);
        }
    }

    private static StoredRecord stored(MemorySegment value, Compression compression, int rawBytes) {
        MemorySegment key = MemorySegment.ofArray(new byte[0]);
        long end = value.byteSize();
        return new StoredRecord(key, value, false, compression, rawBytes, StoredRecord.NO_TTL, null, 0, end);
    }
}
