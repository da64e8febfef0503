package dev.nori.wal.explore;

import dev.nori.wal.io.sim.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back from disks that were good, so that the same disk at another moment, where other things are promised, is
 * judged without being recovered from once more. Recovery is a function of what is on the disk: nothing else goes into it.
 */
final class Verdicts {
    /**
     * The records that came back are those up to a content: each was appended behind the one before it. Where the log begins and what is
     * noted was right for those facts, and says nothing about others.
     */
    private record Verdict(int records, @Nullable Content last, Facts facts) {}

    private final Map<Fingerprint, Verdict> known = new HashMap<>();

    /** Notes what came back, if nothing was wrong with it. */
    void add(Fingerprint disk, Promise promise, Outcome outcome) {
        if (outcome.wrong() != null) return;
        int records = outcome.records();
        if (records > promise.attempted().size()) return; // a reset came back, which no list of records shows
        known.put(disk, new Verdict(records, last(promise, records), factsOf(promise)));
    }

    /** What that disk means under a promise; null if it has to be recovered from to know, or to say what is wrong. */
    @Nullable Outcome outcome(Fingerprint disk, Promise promise, Crash crash) {
        Verdict verdict = known.get(disk);
        if (verdict == null || !verdict.facts().equals(factsOf(promise))) return null;
        int promised = promise.survivors(crash);
        int records = verdict.records();
        boolean appended = records <= promise.attempted().size() && isSame(verdict.last(), last(promise, records));
        boolean good = appended && records >= promised && promise.mayEndAt(records);
        return good ? Outcome.good(promised, records) : null;
    }

    /** Without the count of appends, which moves with each and says nothing about a disk. */
    private static Facts factsOf(Promise promise) {
        return promise.facts().withSerial(0);
    }

    private static @Nullable Content last(Promise promise, int records) {
        return records == 0 ? null : promise.attempted().get(records - 1);
    }

    @SuppressWarnings("ReferenceEquality") // every append has a content of its own
    private static boolean isSame(@Nullable Content one, @Nullable Content other) {
        return one == other;
    }
}
