package dev.nori.wal.peers;

import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Machine;
import dev.nori.wal.bench.study.Report;
import dev.nori.wal.bench.study.Rounds;
import dev.nori.wal.bench.study.SeriesTable;
import dev.nori.wal.bench.study.Study;
import dev.nori.wal.bench.study.StudyResult;
import dev.nori.wal.bench.study.VerdictTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Compares: {@code PeerBench <file for the figures> [<regular expression for studies>]}. */
public final class PeerBench {
    private PeerBench() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Pattern wanted = Pattern.compile(arguments.length > 1 ? arguments[1] : "");
        Report report = new Report(machine(), run(wanted));
        report.save(Path.of(arguments[0]));
        for (StudyResult result : report.results()) {
            System.out.printf("%n%s%n%n%s", result.title(), SeriesTable.asMarkdown(result));
        }
        System.out.printf("%n%s%n%n", report.machine().text());
        System.out.print(VerdictTable.forTerminal(report.verdicts()));
    }

    private static Machine machine() throws Exception {
        try (Workplace place = Workplace.create()) {
            return Machine.of(place.directory());
        }
    }

    private static List<StudyResult> run(Pattern wanted) throws Exception {
        List<StudyResult> results = new ArrayList<>();
        for (Study study : PeerStudies.all()) {
            if (!wanted.matcher(study.id()).find()) continue;
            System.err.println("bench: " + study.title());
            results.add(Rounds.run(study));
        }
        return results;
    }
}
