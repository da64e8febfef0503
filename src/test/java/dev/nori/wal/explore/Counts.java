package dev.nori.wal.explore;

/**
 * What came of crashes of one kind.
 *
 * @param states crash states that were recovered from
 * @param promised records that had been promised to survive, over all states
 * @param recovered records that came back, over all states
 * @param lost promised records that did not come back
 * @param invented records that nobody appended, or that had been cut off before
 * @param reordered records out of place, and halves of batches
 * @param refused states in which the log did not open
 */
public record Counts(
        long states, long promised, long recovered, long lost, long invented, long reordered, long refused) {
    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Counts plus(Counts other) {
        return new Counts(
                states + other.states,
                promised + other.promised,
                recovered + other.recovered,
                lost + other.lost,
                invented + other.invented,
                reordered + other.reordered,
                refused + other.refused);
    }
}
