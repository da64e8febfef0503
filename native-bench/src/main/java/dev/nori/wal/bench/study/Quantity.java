package dev.nori.wal.bench.study;

import java.util.Locale;

/** Numbers for people: three digits and a unit. */
public final class Quantity {
    private Quantity() {}

    /** Such as {@code 15.2M/s}, {@code 2.80 GB/s}, {@code 173 µs}. */
    public static String text(double value, Metric metric) {
        return switch (metric) {
            case RECORDS_PER_SECOND -> scaled(value) + metric.unit();
            case BYTES_PER_SECOND -> threeDigits(value / 1e9) + " GB/s";
            case ALLOCATED_BYTES -> scaled(value) + " B";
            case P50_MICROS, P99_MICROS, P99_9_MICROS, P99_99_MICROS, MAX_MICROS, MILLIS, FLUSHES_PER_APPEND ->
                threeDigits(value) + " " + metric.unit();
        };
    }

    private static String scaled(double value) {
        if (value >= 1e6) return threeDigits(value / 1e6) + "M";
        if (value >= 1e3) return threeDigits(value / 1e3) + "k";
        return threeDigits(value);
    }

    private static String threeDigits(double value) {
        if (value == 0) return "0";
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
