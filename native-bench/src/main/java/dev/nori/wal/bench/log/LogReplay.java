package dev.nori.wal.bench.log;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.bench.bare.BareReads;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Reads a prepared log from its first record to its last, with one thread or several. */
public record LogReplay(String name, PreparedLog log, BareReads.Warmth warmth, int threads) implements Contender {
    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        Path folder = home.resolve(log.folder());
        if (warmth == BareReads.Warmth.COLD) BareReads.forget(folder);
        try (Wal wal = Wal.open(folder, log.config())) {
            long began = System.nanoTime();
            long records = Replays.all(wal, threads);
            double seconds = (System.nanoTime() - began) / 1e9;
            if (records != log.records()) throw new AssertionError(records + " records, not " + log.records());
            long bytes = wal.endPosition().bytes() - Position.START.bytes();
            return Map.of(Metric.RECORDS_PER_SECOND, records / seconds, Metric.BYTES_PER_SECOND, bytes / seconds);
        }
    }
}
