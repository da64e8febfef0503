package dev.nori.wal.bench.study;

import java.util.Arrays;
import java.util.List;

/**
 * One metric of one contender over the rounds.
 *
 * @param values one for each round, in their order
 */
public record Series(String contender, Metric metric, List<Double> values) {
    /** Copies. */
    public Series {
        values = List.copyOf(values);
    }

    /** The middle value; between the two in the middle if there are two. */
    public double median() {
        return median(values);
    }

    /** Half of the distance from the smallest to the largest, as a part of the median. */
    public double spread() {
        return spread(values);
    }

    static double median(List<Double> values) {
        if (values.isEmpty()) return Double.NaN;
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double spread(List<Double> values) {
        if (values.isEmpty()) return Double.NaN;
        double[] sorted = sorted(values);
        double range = sorted[sorted.length - 1] - sorted[0];
        return range == 0 ? 0 : range / 2 / median(values);
    }

    private static double[] sorted(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
