package dev.nori.wal.assembly;

import dev.nori.wal.SalvageReport;

/** A report in words, as it is kept beside the copies. */
final class SalvageText {
    private SalvageText() {}

    static String of(String directory, SalvageReport report) {
        StringBuilder text = new StringBuilder();
        text.append("Salvage of %s%n%nFound: %s%n".formatted(directory, report.verdict()));
        text.append("Kept in the log: everything before position %d; the next record gets number %d.%n"
                .formatted(report.keptEnd().bytes(), report.keptNextSequence()));
        text.append("Copied here, whole, before anything was changed: %s%n%n"
                .formatted(String.join(", ", report.copies())));
        for (SalvageReport.Hole hole : report.holes()) {
            text.append("Hole: %s offset=%d, positions %d to %d, records %s up to %s: %s%n"
                    .formatted(
                            hole.file(),
                            hole.offsetBytes(),
                            hole.from().bytes(),
                            hole.to().bytes(),
                            number(hole.firstSequence()),
                            number(hole.nextSequence()),
                            hole.what()));
        }
        for (SalvageReport.Island island : report.islands()) {
            text.append("Records: %s, %d from number %s on, positions %d to %d%n"
                    .formatted(
                            island.folder(),
                            island.records(),
                            number(island.firstSequence()),
                            island.from().bytes(),
                            island.to().bytes()));
        }
        return text.toString();
    }

    private static String number(long sequence) {
        return sequence == SalvageReport.UNKNOWN ? "?" : Long.toString(sequence);
    }
}
