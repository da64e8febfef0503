package dev.nori.wal.cli;

import dev.nori.wal.SalvageReport;
import dev.nori.wal.SalvageReport.Hole;
import dev.nori.wal.SalvageReport.Island;
import dev.nori.wal.Verdict;
import dev.nori.wal.VerifyFinding;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a repair did or would do, in words and as JSON.
 *
 * @param left what a verification finds in the log as it is now; empty where that is what is to be repaired
 */
record Repaired(Path directory, SalvageReport report, State state, List<VerifyFinding> left) {
    /** How far it came. */
    enum State {
        /** There is nothing to repair. */
        SOUND,
        /** There is something, and nothing was changed. */
        PLANNED,
        /** It is done. */
        REPAIRED
    }

    // ---- for people

    String forPeople() {
        if (state == State.SOUND) return "nothing to repair: the log opens\n" + leftLines();
        StringBuilder text = new StringBuilder();
        for (Hole hole : report.holes()) text.append(line(hole)).append('\n');
        text.append('\n').append(row(planned("keeps", "kept"), kept()));
        for (String name : report.copies()) text.append(row(planned("copies", "copied"), copy(name)));
        for (Island island : report.islands()) text.append(row(planned("saves", "saved"), line(island)));
        text.append(row(planned("loses", "lost"), Losses.of(report.holes()).inWords()));
        text.append(state == State.PLANNED ? "nothing was changed: --write does it\n" : "the log opens again\n");
        return text.append(leftLines()).toString();
    }

    /** {@code 0000000003.wal at 81920: records 1204 to 1209 lost: the checksum is wrong for ...}. */
    private static String line(Hole hole) {
        return "%s at %d: %s: %s".formatted(hole.file(), hole.offsetBytes(), lost(hole), hole.what());
    }

    private static String lost(Hole hole) {
        if (hole.firstSequence() == SalvageReport.UNKNOWN) {
            return hole.to().equals(hole.from())
                    ? "what follows is lost"
                    : "positions %d to %d lost"
                            .formatted(hole.from().bytes(), hole.to().bytes());
        }
        if (hole.nextSequence() == SalvageReport.UNKNOWN)
            return "records from %d on lost".formatted(hole.firstSequence());
        return switch ((int) Math.min(2, hole.nextSequence() - hole.firstSequence())) {
            case 0 -> "no record lost";
            case 1 -> "record %d lost".formatted(hole.firstSequence());
            default -> "records %d to %d lost".formatted(hole.firstSequence(), hole.nextSequence() - 1);
        };
    }

    private String kept() {
        return String.format(
                Locale.ROOT,
                "all before record %,d, position %,d",
                report.keptNextSequence(),
                report.keptEnd().bytes());
    }

    private String copy(String name) {
        return "%s to %s".formatted(name, directory.resolve(report.folder()).resolve(name));
    }

    private String line(Island island) {
        String numbers = island.firstSequence() == SalvageReport.UNKNOWN
                ? "whose numbers nothing says"
                : "numbered from %d on".formatted(island.firstSequence());
        String records = Losses.counted(island.records(), "record");
        return "%s, %s, to %s".formatted(records, numbers, directory.resolve(island.folder()));
    }

    private String planned(String before, String after) {
        return state == State.PLANNED ? before : after;
    }

    private static String row(String name, String value) {
        return "%-9s %s%n".formatted(name, value);
    }

    private String leftLines() {
        if (left.isEmpty()) return "";
        StringBuilder text = new StringBuilder("\nFound, and not to be mended by a repair:\n");
        for (VerifyFinding finding : left) text.append(Verified.line(finding)).append('\n');
        return text.toString();
    }

    // ---- for scripts

    Json forScripts() {
        Json json = new Json()
                .with("directory", directory.toString())
                .with("state", state.name().toLowerCase(Locale.ROOT))
                .with("verdict", verdict(report.verdict()))
                .with("keptEndPosition", report.keptEnd().bytes())
                .with("keptNextSequence", report.keptNextSequence());
        if (state != State.SOUND)
            json.with("folder", directory.resolve(report.folder()).toString());
        return json.with("copies", report.copies().stream().map(this::json).toList())
                .with("holes", report.holes().stream().map(Repaired::json).toList())
                .with("logs", report.islands().stream().map(this::json).toList())
                .with("lost", Losses.of(report.holes()).forScripts())
                .with("findings", left.stream().map(Verified::json).toList());
    }

    private static Json verdict(Verdict verdict) {
        Json json = new Json().with("kind", kind(verdict));
        if (!(verdict instanceof Verdict.Damage damage)) return json;
        json.with("file", damage.file());
        if (damage.segment() != Verdict.NO_SEGMENT) json.with("segment", damage.segment());
        return json.with("offset", damage.offsetBytes()).with("sentence", damage.what());
    }

    private static String kind(Verdict verdict) {
        return switch (verdict) {
            case Verdict.New v -> "new";
            case Verdict.Clean v -> "clean";
            case Verdict.TornTail v -> "tornTail";
            case Verdict.Corrupt v -> "corrupt";
            case Verdict.Gap v -> "gap";
            case Verdict.DurableDataLost v -> "durableDataLost";
            case Verdict.Unsupported v -> "unsupported";
        };
    }

    private Json json(String name) {
        return new Json()
                .with("file", name)
                .with("copy", directory.resolve(report.folder()).resolve(name).toString());
    }

    private static Json json(Hole hole) {
        Json json = new Json()
                .with("file", hole.file())
                .with("offset", hole.offsetBytes())
                .with("positions", range(hole.from().bytes(), hole.to().bytes()));
        if (hole.firstSequence() != SalvageReport.UNKNOWN) json.with("firstSequence", hole.firstSequence());
        if (hole.nextSequence() != SalvageReport.UNKNOWN) json.with("nextSequence", hole.nextSequence());
        return json.with("sentence", hole.what());
    }

    private Json json(Island island) {
        Json json = new Json()
                .with("directory", directory.resolve(island.folder()).toString())
                .with("positions", range(island.from().bytes(), island.to().bytes()));
        if (island.firstSequence() != SalvageReport.UNKNOWN) json.with("firstSequence", island.firstSequence());
        return json.with("records", island.records());
    }

    private static Json range(long from, long to) {
        return new Json().with("from", from).with("to", to);
    }
}
