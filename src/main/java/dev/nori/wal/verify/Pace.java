package dev.nori.wal.verify;

import dev.nori.wal.VerifyOptions;

/** Tells the listener how far all threads together are. For any thread. */
final class Pace {
    private final VerifyOptions.Progress listener;
    private long done; // guarded by this
    private long total; // guarded by this

    Pace(VerifyOptions.Progress listener) {
        this.listener = listener;
    }

    /** There is more to do. */
    synchronized void expect(long bytes) {
        total += bytes;
    }

    /** More is done. */
    synchronized void advance(long bytes) {
        done += bytes;
        total = Math.max(total, done);
        listener.at(done, total);
    }
}
