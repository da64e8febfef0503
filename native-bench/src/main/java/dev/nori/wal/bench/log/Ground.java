package dev.nori.wal.bench.log;

import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import java.nio.file.Path;

/** What a log writes on when the clock starts. */
public enum Ground {
    /** New files, as in the first minutes of a log: the file system hands out each block when it is first written. */
    NEW_FILES,
    /** Files that were written before, as in a log that has run for a while and drops its oldest segments. */
    RECYCLED_FILES;

    private static final int SPARES = 2;
    private static final int FILL_BYTES = 1 << 18;

    /** Opens a log of its own there. */
    Wal open(Path directory, WalConfig config) {
        if (this == NEW_FILES) return Wal.open(directory, config);
        Wal wal = Wal.open(
                directory, config.withRetention(config.retention().withBytes(0).withSpareSegments(SPARES)));
        WalAppender appender = wal.appender();
        byte[] value = LogRecords.values(FILL_BYTES)[0];
        while (wal.stats().rolls() < SPARES + 2) appender.put(LogRecords.NO_KEY, value);
        wal.sync();
        return wal;
    }
}
