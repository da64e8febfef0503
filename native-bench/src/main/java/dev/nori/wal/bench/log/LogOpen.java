package dev.nori.wal.bench.log;

import dev.nori.wal.Durability;
import dev.nori.wal.RecoveryReport;
import dev.nori.wal.Wal;
import dev.nori.wal.WalRecord;
import dev.nori.wal.bench.load.Heap;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Opens a prepared log, until its first durable append returned. */
public record LogOpen(String name, PreparedLog log) implements Contender {
    private static final WalRecord FIRST = WalRecord.put(new byte[8], new byte[128]);

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        long allocatedBefore = Heap.allocatedByThisThread();
        long began = System.nanoTime();
        try (Wal wal = Wal.open(home.resolve(log.folder()), log.config())) {
            wal.append(FIRST, Durability.DURABLE);
            double millis = (System.nanoTime() - began) / 1e6;
            double allocated = Heap.allocatedByThisThread() - allocatedBefore;
            check(wal.recovery());
            return Map.of(Metric.MILLIS, millis, Metric.ALLOCATED_BYTES, allocated);
        }
    }

    private void check(RecoveryReport found) {
        if (found.records() < log.records()) throw new AssertionError("records are missing: " + found);
    }
}
