package dev.nori.wal.bench.load;

/** How many operations in how much time. */
public record Tally(long operations, long nanos) {
    /** Operations a second. */
    public double perSecond() {
        return operations * 1e9 / nanos;
    }
}
