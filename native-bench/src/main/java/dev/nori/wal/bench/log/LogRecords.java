package dev.nori.wal.bench.log;

import dev.nori.wal.WalRecord;
import dev.nori.wal.bench.load.Texts;

/** Records to append, made before the clock runs: empty keys, values that differ. */
final class LogRecords {
    static final byte[] NO_KEY = {};

    private static final int FEW = 16;
    private static final int MANY = 1024;
    private static final int LARGE_BYTES = 64 << 10;

    private LogRecords() {}

    /** A power of two of them. */
    static byte[][] values(int bytes) {
        return new Texts(1).records(bytes >= LARGE_BYTES ? FEW : MANY, bytes);
    }

    /** The same as records. */
    static WalRecord[] of(int bytes) {
        byte[][] values = values(bytes);
        WalRecord[] records = new WalRecord[values.length];
        for (int i = 0; i < values.length; i++) records[i] = WalRecord.put(NO_KEY, values[i]);
        return records;
    }
}
