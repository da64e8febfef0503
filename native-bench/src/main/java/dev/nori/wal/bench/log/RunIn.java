package dev.nori.wal.bench.log;

import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import java.nio.file.Path;

/**
 * A log that has run for a while when the clock starts, and drops its oldest segments: it writes on files that were written before, as the
 * bare loops beside it do. In a new log the file system hands out each block when it is first written.
 */
final class RunIn {
    private static final int SPARES = 2;
    private static final int FILL_BYTES = 1 << 18;

    private RunIn() {}

    /** Opens a log of its own there. */
    static Wal open(Path directory, WalConfig config) {
        Wal wal = Wal.open(
                directory, config.withRetention(config.retention().withBytes(0).withSpareSegments(SPARES)));
        WalAppender appender = wal.appender();
        byte[] value = LogRecords.values(FILL_BYTES)[0];
        while (wal.stats().rolls() < SPARES + 2) appender.put(LogRecords.NO_KEY, value);
        wal.sync();
        return wal;
    }
}
