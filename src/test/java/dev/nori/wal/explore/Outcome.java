package dev.nori.wal.explore;

import org.jspecify.annotations.Nullable;

/**
 * What came of one state.
 *
 * @param counts of this state alone
 * @param records how many came back
 * @param wrong which promise is broken; null if none
 */
record Outcome(Counts counts, int records, @Nullable String wrong) {
    static Outcome good(int promised, int records) {
        return new Outcome(new Counts(1, promised, records, 0, 0, 0, 0), records, null);
    }

    static Outcome lost(int promised, int records) {
        return new Outcome(
                new Counts(1, promised, records, promised - records, 0, 0, 0),
                records,
                "%d of %d promised records came back".formatted(records, promised));
    }

    static Outcome invented(int promised, int records, String wrong) {
        return new Outcome(new Counts(1, promised, records, 0, 1, 0, 0), records, wrong);
    }

    static Outcome reordered(int promised, int records, String wrong) {
        return new Outcome(new Counts(1, promised, records, 0, 0, 1, 0), records, wrong);
    }

    /** All that was promised is out of reach. */
    static Outcome refused(int promised, String wrong) {
        return new Outcome(new Counts(1, promised, 0, promised, 0, 0, 1), 0, wrong);
    }
}
