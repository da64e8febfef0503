package dev.nori.wal.bench.study;

/** What a figure counts. */
public enum Metric {
    /** Records a second; more is better. */
    RECORDS_PER_SECOND("/s"),
    /** Bytes a second; more is better. */
    BYTES_PER_SECOND("B/s"),
    /** Median time of one append. */
    P50_MICROS("µs"),
    /** 99th percentile. */
    P99_MICROS("µs"),
    /** 99.9th percentile. */
    P99_9_MICROS("µs"),
    /** 99.99th percentile. */
    P99_99_MICROS("µs"),
    /** The slowest. */
    MAX_MICROS("µs"),
    /** Time of the whole. */
    MILLIS("ms"),
    /** Bytes of heap that the calling thread allocated, for each record or each open. */
    ALLOCATED_BYTES("B"),
    /** Flushes that reached the device, for each durable append. */
    FLUSHES_PER_APPEND("flushes");

    private final String unit;

    Metric(String unit) {
        this.unit = unit;
    }

    /** Short, to stand after a number. */
    public String unit() {
        return unit;
    }
}
