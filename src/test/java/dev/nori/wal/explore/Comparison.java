package dev.nori.wal.explore;

import dev.nori.wal.LogEntry;
import dev.nori.wal.WalRecord;
import dev.nori.wal.frame.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the records that come back, one after the other, against those that were appended. */
final class Comparison {
    private final Promise promise;
    private final List<Content> attempted;
    private int count;
    private boolean begun;
    private @Nullable String wrong;

    Comparison(Promise promise) {
        this.promise = promise;
        this.attempted = promise.attempted();
    }

    /** Takes a record as it stands in the log; false if nothing after it matters. */
    boolean visit(long sequence, StoredRecord record) {
        begin(sequence);
        if (!isPossible()) return false;
        WalRecord expected = attempted.get(count).record();
        boolean same = sequence == count
                && !record.tombstone()
                && expected.key().mismatch(record.key()) == -1
                && expected.value().mismatch(record.value()) == -1;
        return take(same, record);
    }

    /** Takes a record as the log hands it out. */
    void visit(LogEntry entry) {
        begin(entry.sequence());
        if (!isPossible()) return;
        WalRecord expected = attempted.get(count).record();
        take(entry.sequence() == count && entry.record().equals(expected), entry);
    }

    /** The front may have been trimmed away, as far as that was asked for. */
    private void begin(long first) {
        if (begun) return;
        begun = true;
        Facts facts = promise.facts();
        count = (int) first;
        if (first >= facts.first() && first <= facts.firstAtMost()) return;
        wrong = "the log begins with record %d, not with %d to %d".formatted(first, facts.first(), facts.firstAtMost());
    }

    private boolean isPossible() {
        if (wrong == null && count == attempted.size()) {
            wrong = "more than the %d records came back that were appended".formatted(count);
        }
        return wrong == null;
    }

    private boolean take(boolean same, Object found) {
        if (same) count++;
        else wrong = "record %d came back as %s".formatted(count, found);
        return same;
    }

    /** What there is to say in the end, the log having reported that many records. */
    Outcome outcome(int promised, long reported) {
        Facts facts = promise.facts();
        if (!begun && reported == facts.resetTo()) return Outcome.good(promised, facts.resetTo());
        if (!begun) begin(reported);
        if (wrong != null) return Outcome.invented(promised, count, wrong);
        if (reported != count) {
            return Outcome.invented(promised, count, "%d records reported, %d came back".formatted(reported, count));
        }
        if (count == facts.cutTo()) return Outcome.good(promised, count);
        if (count < promised) return Outcome.lost(promised, count);
        if (promise.mayEndAt(count)) return Outcome.good(promised, count);
        return Outcome.reordered(promised, count, "half a batch came back: the log ends at " + count);
    }
}
