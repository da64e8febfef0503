package dev.nori.wal.bench.headline;

import java.time.Duration;

/** How long a contender works in each round, and how many rounds count. */
record Effort(Duration time, int rounds) {
    /** For the table that everybody may wait for. */
    static final Effort QUICK = new Effort(Duration.ofMillis(700), 3);

    /** The same, for what moves much data or needs many appends to say something about the slowest. */
    static final Effort QUICK_LONG = new Effort(Duration.ofMillis(1500), 3);
}
