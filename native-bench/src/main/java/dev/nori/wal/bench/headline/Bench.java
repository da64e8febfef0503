package dev.nori.wal.bench.headline;

import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Child;
import dev.nori.wal.bench.study.Machine;
import dev.nori.wal.bench.study.Report;
import dev.nori.wal.bench.study.Study;
import dev.nori.wal.bench.study.StudyResult;
import dev.nori.wal.bench.study.VerdictTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs a set of studies, each in a JVM of its own, prints the table of goals and keeps all figures.
 *
 * <p>{@code Bench <set> <file for the figures> [<regular expression for ids>]}
 */
public final class Bench {
    private Bench() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        StudySet set = StudySet.named(arguments[0]);
        Path figures = Path.of(arguments[1]);
        Pattern wanted = Pattern.compile(arguments.length > 2 ? arguments[2] : "");
        Report report = run(set, wanted, figures);
        report.save(figures);
        System.out.println(report.machine().text() + "\n");
        System.out.print(VerdictTable.forTerminal(report.verdicts()));
    }

    private static Report run(StudySet set, Pattern wanted, Path figures) throws Exception {
        Machine machine = machine();
        List<StudyResult> results = new ArrayList<>();
        for (Study study : set.studies()) {
            if (!wanted.matcher(study.id()).find()) continue;
            System.err.println("bench: " + study.title());
            results.addAll(run(set, study, figures.resolveSibling("one-study.json")));
        }
        return new Report(machine, results);
    }

    private static Machine machine() throws Exception {
        try (Workplace place = Workplace.create()) {
            return Machine.of(place.directory());
        }
    }

    private static List<StudyResult> run(StudySet set, Study study, Path file) throws Exception {
        Child.run(OneStudy.class, List.of(), List.of(set.name(), study.id(), file.toString()));
        return Report.load(file).results();
    }
}
