package dev.nori.wal;

import java.time.Duration;

/**
 * When an acknowledged append is on stable storage. Under every policy an acknowledged append survives
 * the end of the process, {@code kill -9} included; the policies differ in what a power cut may take.
 */
public sealed interface FsyncPolicy {
    /** Acknowledged means durable; callers that wait together share one sync. */
    record Always() implements FsyncPolicy {}

    /**
     * A power cut loses at most what was acknowledged within the last {@code window} plus the time of one flush.
     * The window counts from the oldest byte that is not durable and closes by itself, idle or busy.
     *
     * @param window more than zero, at most one second
     */
    record Batch(Duration window) implements FsyncPolicy {
        /** The longest window: {@value} milliseconds. */
        private static final long MAX_MILLIS = 1000;

        /** Checks the limits. */
        public Batch {
            if (!window.isPositive() || window.compareTo(Duration.ofMillis(MAX_MILLIS)) > 0) {
                throw new IllegalArgumentException("batch window must be > 0 and <= 1 s: " + window);
            }
        }
    }

    /**
     * Only {@link Wal#sync()}, {@link Durability#DURABLE}, {@link Wal#close()} and the kernel decide; what stands in a segment that was filled
     * and sealed is durable.
     */
    record Os() implements FsyncPolicy {}

    /** {@link Always}. */
    static FsyncPolicy always() {
        return new Always();
    }

    /** {@link Batch} with the given window. */
    static FsyncPolicy batch(Duration window) {
        return new Batch(window);
    }

    /** {@link Os}. */
    static FsyncPolicy os() {
        return new Os();
    }
}
