package dev.nori.wal.recover;

import dev.nori.wal.Verdict;
import dev.nori.wal.WalException;
import dev.nori.wal.io.Storage;

/** What is said when a damaged log does not open: where, what is lost, and what can be done. */
final class Refusal {
    private Refusal() {}

    static WalException.Corrupt of(Storage storage, Verdict.Damage damage) {
        return new WalException.Corrupt(
                "%s/%s offset=%d: %s; in doubt: %s; %s"
                        .formatted(
                                storage.directory(),
                                damage.file(),
                                damage.offsetBytes(),
                                damage.what(),
                                damage.lost(),
                                advice(storage.directory(), damage)),
                damage);
    }

    private static String advice(String directory, Verdict.Damage damage) {
        String copy = switch (damage) {
            case Verdict.Corrupt corrupt -> "put back a copy of the file";
            case Verdict.Gap gap ->
                gap.lastSegment() == gap.segment()
                        ? "put back the file"
                        : "put back the files of segments %d to %d".formatted(gap.segment(), gap.lastSegment());
            case Verdict.DurableDataLost lost -> "put back a newer copy of the file";
        };
        return "%s, or run `nori-wal repair %s`, which keeps all that can be proved".formatted(copy, directory);
    }
}
