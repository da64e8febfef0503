package dev.nori.wal.cli;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.Wal;
import dev.nori.wal.WalStats;
import java.util.Locale;

/**
 * What an import did.
 *
 * @param lines lines acknowledged
 * @param nanos from the first byte asked for to the last acknowledgement
 * @param logBytes bytes of the log used by them, headers and padding included
 * @param segments segment files that hold records
 */
record Summary(long lines, long nanos, long logBytes, int segments, FsyncPolicy policy, IoMode io) {
    static Summary of(Wal wal, FsyncPolicy policy, long lines, long nanos) {
        WalStats stats = wal.stats();
        return new Summary(lines, nanos, stats.bytes(), stats.segments(), policy, wal.ioMode());
    }

    private double seconds() {
        return nanos / 1e9;
    }

    private double linesPerSecond() {
        return nanos == 0 ? 0 : lines / seconds();
    }

    String forPeople() {
        return String.format(
                Locale.ROOT,
                """
                appended  %,d lines in %.2f s
                rate      %,.0f lines/s
                size      %s
                segments  %,d
                policy    %s
                io        %s
                """,
                lines,
                seconds(),
                linesPerSecond(),
                Sizes.inWords(logBytes),
                segments,
                Policies.inWords(policy),
                Engines.inWords(io));
    }

    Json forScripts() {
        return new Json()
                .with("lines", lines)
                .with("seconds", seconds())
                .with("linesPerSecond", linesPerSecond())
                .with("logBytes", logBytes)
                .with("segments", segments)
                .with("policy", Policies.inWords(policy))
                .with("io", Engines.inWords(io));
    }
}
