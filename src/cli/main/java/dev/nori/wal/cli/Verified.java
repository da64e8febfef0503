package dev.nori.wal.cli;

import dev.nori.wal.VerifyFinding;
import dev.nori.wal.VerifyReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a verification found, in words and as JSON. */
record Verified(VerifyReport report) {
    private double seconds() {
        return report.took().toNanos() / 1e9;
    }

    private double bytesPerSecond() {
        return seconds() == 0 ? 0 : report.bytes() / seconds();
    }

    // ---- for people

    String forPeople() {
        StringBuilder text = new StringBuilder();
        for (VerifyFinding finding : report.findings())
            text.append(line(finding)).append('\n');
        if (!report.findings().isEmpty()) text.append('\n');
        return text.append(summary()).toString();
    }

    /** {@code 0000000003.wal at 81920: records 1204 to 1209 lost: the checksum is wrong for ...}. */
    static String line(VerifyFinding finding) {
        VerifyFinding.Place place = finding.place();
        return "%s at %d: %s%s".formatted(place.file(), place.offsetBytes(), lost(finding), finding.sentence());
    }

    private static String lost(VerifyFinding finding) {
        Optional<VerifyFinding.Range> sequences = finding.place().sequences();
        if (sequences.isPresent()) return records(sequences.get(), finding) + ": ";
        return finding.place()
                .positions()
                .map(range -> "positions %d to %d lost: ".formatted(range.from(), range.to()))
                .orElse("");
    }

    private static String records(VerifyFinding.Range range, VerifyFinding finding) {
        String verb = finding instanceof VerifyFinding.UnsupportedFormat ? "not known" : "lost";
        return switch ((int) Math.min(2, range.to() - range.from())) {
            case 0 -> "no record " + verb;
            case 1 -> "record %d %s".formatted(range.from(), verb);
            default -> "records %d to %d %s".formatted(range.from(), range.to() - 1, verb);
        };
    }

    private String summary() {
        return String.format(
                        Locale.ROOT,
                        """
                findings  %s
                verified  %,d records in %,d segments, %s
                rate      %s/s, %.2f s
                ends      %s
                """,
                        findings(),
                        report.records(),
                        report.segments(),
                        Sizes.inWords(report.bytes()),
                        Sizes.inWords((long) bytesPerSecond()),
                        seconds(),
                        ending())
                + notDecoded();
    }

    private String findings() {
        long all = report.findings().size() + report.findingsLeftOut();
        if (all == 0) return "none";
        String left =
                report.findingsLeftOut() == 0 ? "" : ", %,d of them not shown".formatted(report.findingsLeftOut());
        return String.format(Locale.ROOT, "%,d%s", all, left);
    }

    private String ending() {
        String where = String.format(Locale.ROOT, "before record %,d, ", report.nextSequence());
        return where
                + switch (report.ending()) {
                    case CLOSED -> "closed in order";
                    case NOT_CLOSED -> "not closed: killed or cut off, or idle in another process" + inStage();
                    case IN_USE -> "in use: verified as far as it went in the beginning" + inStage();
                };
    }

    private String inStage() {
        return report.recordsInStage() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d records are in the stage", report.recordsInStage());
    }

    private String notDecoded() {
        return report.valuesNotDecoded() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "values    %,d compressed ones were not decompressed: no library for them is there%n",
                        report.valuesNotDecoded());
    }

    // ---- for scripts

    Json forScripts(Path directory) {
        return new Json()
                .with("directory", directory.toString())
                .with("sound", report.isSound())
                .with("findings", report.findings().stream().map(Verified::json).toList())
                .with("findingsLeftOut", report.findingsLeftOut())
                .with("ending", report.ending().name().toLowerCase(Locale.ROOT))
                .with("segments", report.segments())
                .with("records", report.records())
                .with("recordsInStage", report.recordsInStage())
                .with("valuesNotDecoded", report.valuesNotDecoded())
                .with("bytes", report.bytes())
                .with("firstPosition", report.first().bytes())
                .with("endPosition", report.end().bytes())
                .with("firstSequence", report.firstSequence())
                .with("nextSequence", report.nextSequence())
                .with("seconds", seconds())
                .with("bytesPerSecond", bytesPerSecond());
    }

    static Json json(VerifyFinding finding) {
        VerifyFinding.Place place = finding.place();
        Json json = new Json().with("kind", kind(finding)).with("file", place.file());
        place.segment().ifPresent(id -> json.with("segment", id));
        json.with("offset", place.offsetBytes());
        place.positions().ifPresent(range -> json.with("positions", range(range)));
        place.sequences().ifPresent(range -> json.with("sequences", range(range)));
        return json.with("sentence", finding.sentence());
    }

    private static Json range(VerifyFinding.Range range) {
        return new Json().with("from", range.from()).with("to", range.to());
    }

    private static String kind(VerifyFinding finding) {
        return switch (finding) {
            case VerifyFinding.MissingFile f -> "missingFile";
            case VerifyFinding.UnreadableFile f -> "unreadableFile";
            case VerifyFinding.UnsupportedFormat f -> "unsupportedFormat";
            case VerifyFinding.DamagedHeader f -> "damagedHeader";
            case VerifyFinding.DamagedFrames f -> "damagedFrames";
            case VerifyFinding.DamagedValue f -> "damagedValue";
            case VerifyFinding.WrongFooter f -> "wrongFooter";
            case VerifyFinding.DamagedControl f -> "damagedControl";
            case VerifyFinding.DamagedStage f -> "damagedStage";
        };
    }
}
