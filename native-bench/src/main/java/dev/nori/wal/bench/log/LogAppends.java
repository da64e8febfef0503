package dev.nori.wal.bench.log;

import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.Heap;
import dev.nori.wal.bench.load.Latencies;
import dev.nori.wal.bench.load.Tally;
import dev.nori.wal.bench.load.Whistle;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * Appends from a crowd, one by one. What is left to write or sync when the crowd stops is not counted: the policy's
 * promise holds for every append that returned.
 *
 * @param timing whether the time of each append is taken, which costs more than an append into memory does
 */
public record LogAppends(String name, WalConfig config, int recordBytes, Crowd crowd, Timing timing)
        implements Contender {
    /** Whether each append is timed. */
    public enum Timing {
        /** The rate only. */
        NONE,
        /** The time of every append. */
        EACH
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        Latencies latencies = new Latencies();
        LongAdder allocated = new LongAdder();
        try (Workplace place = Workplace.in(home)) {
            Tally tally;
            long before;
            double bytesPerRecord;
            try (Wal wal = RunIn.open(place.directory(), config)) {
                before = wal.nextSequence();
                long bytes = wal.stats().bytes();
                tally = crowd.run(time, whistle -> work(wal, whistle, latencies, allocated));
                bytesPerRecord = (double) (wal.stats().bytes() - bytes) / tally.operations();
            }
            LogCheck.holds(place.directory(), config, before + tally.operations());
            return figures(tally, bytesPerRecord, allocated.sum(), latencies.merged());
        }
    }

    private long work(Wal wal, Whistle whistle, Latencies latencies, LongAdder allocated) {
        byte[][] values = LogRecords.values(recordBytes);
        WalAppender appender = wal.appender();
        Histogram times = latencies.part();
        long before = Heap.allocatedByThisThread();
        long count =
                timing == Timing.NONE ? append(appender, whistle, values) : append(appender, whistle, values, times);
        allocated.add(Heap.allocatedByThisThread() - before);
        return count;
    }

    private static long append(WalAppender appender, Whistle whistle, byte[][] values) {
        long count = 0;
        for (; !whistle.isBlown(); count++) appender.put(LogRecords.NO_KEY, values[(int) count & values.length - 1]);
        return count;
    }

    private static long append(WalAppender appender, Whistle whistle, byte[][] values, Histogram times) {
        long count = 0;
        long began = System.nanoTime();
        for (; !whistle.isBlown(); count++) {
            appender.put(LogRecords.NO_KEY, values[(int) count & values.length - 1]);
            long now = System.nanoTime();
            times.recordValue(now - began);
            began = now;
        }
        return count;
    }

    private Map<Metric, Double> figures(Tally tally, double bytesPerRecord, long allocated, Histogram times) {
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.RECORDS_PER_SECOND, tally.perSecond());
        figures.put(Metric.BYTES_PER_SECOND, tally.perSecond() * bytesPerRecord);
        if (crowd.kind().isMeasuredByThread()) {
            figures.put(Metric.ALLOCATED_BYTES, (double) allocated / tally.operations());
        }
        if (timing == Timing.EACH) Percentiles.into(figures, times);
        return figures;
    }
}
