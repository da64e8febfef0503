package dev.nori.wal.bench.jmh;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.bench.load.Workplace;
import java.io.IOException;
import java.time.Duration;

/** A new log for one trial; when closed it is opened once more and its records are counted. */
final class BenchLog implements AutoCloseable {
    private static final Duration WINDOW = Duration.ofMillis(5);

    private final Workplace place = Workplace.create();
    private final WalConfig config;
    private final Wal wal;

    BenchLog(WalConfig config) throws IOException {
        this.config = config;
        wal = Wal.open(place.directory(), config);
    }

    static FsyncPolicy policy(String name) {
        return switch (name) {
            case "always" -> FsyncPolicy.always();
            case "batch" -> FsyncPolicy.batch(WINDOW);
            case "os" -> FsyncPolicy.os();
            default -> throw new IllegalArgumentException("always, batch or os, not " + name);
        };
    }

    Wal wal() {
        return wal;
    }

    @Override
    public void close() throws IOException {
        long appended = wal.stats().records();
        wal.close();
        try (Wal again = Wal.open(place.directory(), config)) {
            long found = again.recovery().records();
            if (found != appended) throw new AssertionError("%d records, not %d".formatted(found, appended));
        }
        place.close();
    }
}
