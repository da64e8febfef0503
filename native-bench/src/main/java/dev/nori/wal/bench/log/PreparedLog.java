package dev.nori.wal.bench.log;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import dev.nori.wal.bench.study.Study;
import java.nio.file.Path;

/**
 * A log that is written before the first round and then opened by every contender.
 *
 * @param bytes about how long it gets
 */
public record PreparedLog(String folder, long bytes, int recordBytes, long segmentBytes) implements Study.Preparation {
    /** How it is kept. */
    public WalConfig config() {
        return WalConfig.defaults().withFsyncPolicy(FsyncPolicy.os()).withMaxSegmentBytes(segmentBytes);
    }

    /** How many records it holds. */
    public long records() {
        return bytes / recordBytes;
    }

    @Override
    public void in(Path home) {
        try (Wal wal = Wal.open(home.resolve(folder), config())) {
            WalRecord[] records = LogRecords.of(recordBytes);
            for (long i = 0; i < records(); i++) wal.append(records[(int) i & records.length - 1]);
        }
    }
}
