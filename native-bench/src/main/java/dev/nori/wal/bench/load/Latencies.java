package dev.nori.wal.bench.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;

/** How long each append took: one histogram for each thread, merged when they are done. */
public final class Latencies {
    private static final long HIGHEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final Queue<Histogram> parts = new ConcurrentLinkedQueue<>();

    /** A histogram for one thread. */
    public Histogram part() {
        Histogram part = new Histogram(HIGHEST_NANOS, DIGITS);
        parts.add(part);
        return part;
    }

    /** All parts as one. The threads are done. */
    public Histogram merged() {
        Histogram all = new Histogram(HIGHEST_NANOS, DIGITS);
        for (Histogram part : parts) all.add(part);
        return all;
    }
}
