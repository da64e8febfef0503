package dev.nori.wal.bench.log;

import dev.nori.wal.bench.study.Metric;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Percentiles of a histogram of nanoseconds, as figures. */
public final class Percentiles {
    private Percentiles() {}

    /** From the median to the slowest. */
    public static void into(Map<Metric, Double> figures, Histogram nanos) {
        figures.put(Metric.P50_MICROS, micros(nanos, 50));
        figures.put(Metric.P99_MICROS, micros(nanos, 99));
        figures.put(Metric.P99_9_MICROS, micros(nanos, 99.9));
        figures.put(Metric.P99_99_MICROS, micros(nanos, 99.99));
        figures.put(Metric.MAX_MICROS, nanos.getMaxValue() / 1e3);
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e3;
    }
}
