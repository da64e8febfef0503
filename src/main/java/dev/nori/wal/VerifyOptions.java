package dev.nori.wal;

/**
 * How {@link Wal#verify} works.
 *
 * @param parallelism how many segments are read at once; at least 1. Default: the number of processors. Each takes a thread, and as
 *     much memory as the largest frame and the largest value it meets, at least 1 MiB
 * @param progress told how far it is; default: nobody
 */
public record VerifyOptions(int parallelism, Progress progress) {
    /** Hears how far a verification is. Called by several threads, by one at a time; what it throws ends the verification. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So much is checked.
         *
         * @param doneBytes grows from call to call; may end below {@code totalBytes}, which is an estimate
         * @param totalBytes what there is to check
         */
        void at(long doneBytes, long totalBytes);
    }

    /** Checks the limits. */
    public VerifyOptions {
        if (parallelism < 1) throw new IllegalArgumentException("parallelism must be >= 1: " + parallelism);
    }

    /** All processors, and nobody is told. */
    public static VerifyOptions defaults() {
        return new VerifyOptions(Runtime.getRuntime().availableProcessors(), (done, total) -> {});
    }

    /** A copy with another parallelism. */
    public VerifyOptions withParallelism(int threads) {
        return new VerifyOptions(threads, progress);
    }

    /** A copy that tells somebody. */
    public VerifyOptions withProgress(Progress listener) {
        return new VerifyOptions(parallelism, listener);
    }
}
