package dev.nori.wal.bench.log;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import java.nio.file.Path;

/** A benchmark that appended has to show what it appended. */
final class LogCheck {
    private LogCheck() {}

    /** Opens the log again and counts, what was trimmed away included. */
    static void holds(Path directory, WalConfig config, long records) {
        try (Wal wal = Wal.open(directory, config)) {
            long found = wal.recovery().nextSequence();
            if (found != records) throw new AssertionError("%d records, not %d".formatted(found, records));
        }
    }
}
