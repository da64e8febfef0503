package dev.nori.wal.bench.headline;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.WalConfig;
import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.ThreadKind;
import java.time.Duration;
import java.util.Locale;

/** Words and settings that several studies share. */
final class Names {
    static final String LOG = "nori-wal";

    // Segments of 32 MiB, so that a log is soon run in.
    static final WalConfig ALWAYS =
            WalConfig.defaults().withFsyncPolicy(FsyncPolicy.always()).withMaxSegmentBytes(32 << 20);
    static final WalConfig BATCH = WalConfig.defaults().withFsyncPolicy(FsyncPolicy.batch(Duration.ofMillis(5)));
    static final WalConfig OS = WalConfig.defaults().withFsyncPolicy(FsyncPolicy.os());

    private Names() {}

    /** Such as {@code 128 B}, {@code 16 KiB}. */
    static String size(int bytes) {
        if (bytes >= 1 << 20) return (bytes >> 20) + " MiB";
        if (bytes >= 1 << 10) return (bytes >> 10) + " KiB";
        return bytes + " B";
    }

    static String kind(ThreadKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static Crowd crowd(int threads, ThreadKind kind) {
        return new Crowd(threads, kind);
    }
}
