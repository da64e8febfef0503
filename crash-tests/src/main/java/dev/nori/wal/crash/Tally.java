package dev.nori.wal.crash;

import java.time.Duration;

/**
 * Verdicts, added up.
 *
 * @param crashes crashes that were recovered from
 * @param acknowledged records acknowledged
 * @param recovered records that were back
 * @param lost owed records that were not back
 * @param invented records nobody appended, and damaged ones
 * @param reordered records out of place, holes and half batches
 * @param lossWindow the longest
 */
public record Tally(
        long crashes,
        long acknowledged,
        long recovered,
        long lost,
        long invented,
        long reordered,
        Duration lossWindow) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, Duration.ZERO);

    /** So many crashes, and what the oracle said after them. */
    public static Tally of(long crashes, Verdict verdict) {
        return new Tally(
                crashes,
                verdict.acknowledged(),
                verdict.recovered(),
                verdict.lost(),
                verdict.invented() + verdict.damaged(),
                verdict.reordered() + verdict.holes() + verdict.halfBatches(),
                verdict.lossWindow());
    }

    /** So many crashes, nothing said about them. */
    public static Tally of(long crashes) {
        return new Tally(crashes, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                crashes + other.crashes,
                acknowledged + other.acknowledged,
                recovered + other.recovered,
                lost + other.lost,
                invented + other.invented,
                reordered + other.reordered,
                lossWindow.compareTo(other.lossWindow) >= 0 ? lossWindow : other.lossWindow);
    }

    /** Whether nothing is counted that must not be. */
    public boolean isClean() {
        return lost + invented + reordered == 0;
    }
}
