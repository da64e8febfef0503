package dev.nori.wal.bench.log;

import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import dev.nori.wal.bench.load.Crowd;
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
import org.HdrHistogram.Histogram;

/**
 * One thread that appends at a steady rate, below what the log can take. An append's time counts from when it was due,
 * so that one slow append is seen in all that had to wait behind it.
 *
 * @param rolls how many segments have to fill up at least, or the measurement says nothing
 */
public record LogPaced(String name, WalConfig config, int recordBytes, long nanosBetween, int rolls)
        implements Contender {
    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        Latencies latencies = new Latencies();
        try (Workplace place = Workplace.in(home)) {
            Tally tally;
            try (Wal wal = Wal.open(place.directory(), config)) {
                tally = Crowd.alone().run(time, whistle -> append(wal, whistle, latencies.part()));
                wal.flush();
                if (wal.stats().rolls() < rolls)
                    throw new AssertionError("only " + wal.stats().rolls() + " rolls");
            }
            LogCheck.holds(place.directory(), config, tally.operations());
            Map<Metric, Double> figures = new EnumMap<>(Metric.class);
            figures.put(Metric.RECORDS_PER_SECOND, tally.perSecond());
            Percentiles.into(figures, latencies.merged());
            return figures;
        }
    }

    private long append(Wal wal, Whistle whistle, Histogram times) {
        byte[][] values = LogRecords.values(recordBytes);
        WalAppender appender = wal.appender();
        long count = 0;
        long due = System.nanoTime();
        for (; !whistle.isBlown(); count++, due += nanosBetween) {
            while (System.nanoTime() < due) Thread.onSpinWait();
            appender.put(LogRecords.NO_KEY, values[(int) count & values.length - 1]);
            times.recordValue(Math.max(0, System.nanoTime() - due));
        }
        return count;
    }
}
