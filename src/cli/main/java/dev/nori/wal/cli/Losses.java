package dev.nori.wal.cli;

import dev.nori.wal.SalvageReport;
import dev.nori.wal.SalvageReport.Hole;
import java.util.List;
import java.util.Locale;

/**
 * How many records the holes of a log have swallowed.
 *
 * @param records at most so many in the holes whose both ends are known
 * @param unknown holes of which nothing says how many records were in them
 */
record Losses(long records, int unknown) {
    static Losses of(List<Hole> holes) {
        long records = 0;
        int unknown = 0;
        for (Hole hole : holes) {
            if (isKnown(hole)) records += hole.nextSequence() - hole.firstSequence();
            else unknown++;
        }
        return new Losses(records, unknown);
    }

    private static boolean isKnown(Hole hole) {
        return hole.firstSequence() != SalvageReport.UNKNOWN && hole.nextSequence() != SalvageReport.UNKNOWN;
    }

    String inWords() {
        if (unknown == 0) return records == 0 ? "no record" : counted(records, "record");
        String holes = "as many as were in %s of which nothing says it".formatted(counted(unknown, "hole"));
        return records == 0 ? holes : "%s, and %s".formatted(counted(records, "record"), holes);
    }

    /** {@code 1 record}, {@code 1,000 records}. */
    static String counted(long count, String what) {
        return String.format(Locale.ROOT, count == 1 ? "%,d %s" : "%,d %ss", count, what);
    }

    Json forScripts() {
        return new Json().with("records", records).with("isKnown", unknown == 0);
    }
}
