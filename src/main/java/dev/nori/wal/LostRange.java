package dev.nori.wal;

/**
 * A part of the log that damage puts in doubt: it does not count unless {@link Wal#salvage} proves some of it again.
 *
 * @param from where it begins; everything before is whole
 * @param to how far the log had been durable at least; the same as {@code from} where nothing says so
 * @param firstSequence number of the first record that is in doubt
 * @param nextSequence number of a record that had not been written when the log was durable up to {@code to}: those that are lost are below
 *     it. The same as {@code firstSequence} where nothing says so
 */
public record LostRange(Position from, Position to, long firstSequence, long nextSequence) {
    /** No record: what is lost are notes. */
    public static final LostRange NO_RECORDS = at(0, 0);

    /** Checks the order. */
    public LostRange {
        if (to.compareTo(from) < 0 || firstSequence < 0 || nextSequence < firstSequence) {
            throw new IllegalArgumentException(
                    "a range goes forward: %s to %s, %d to %d".formatted(from, to, firstSequence, nextSequence));
        }
    }

    /** From there on, nobody knows how far. */
    public static LostRange at(long positionBytes, long sequence) {
        return new LostRange(new Position(positionBytes), new Position(positionBytes), sequence, sequence);
    }

    /** For a message. */
    @Override
    public String toString() {
        if (equals(NO_RECORDS)) return "no record";
        String records = nextSequence > firstSequence
                ? "records %d to %d at most".formatted(firstSequence, nextSequence - 1)
                : "records from %d on".formatted(firstSequence);
        if (to.equals(from)) return "%s, from position %d on".formatted(records, from.bytes());
        return "%s, positions %d to %d at least".formatted(records, from.bytes(), to.bytes());
    }
}
