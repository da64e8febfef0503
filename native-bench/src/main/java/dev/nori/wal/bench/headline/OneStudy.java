package dev.nori.wal.bench.headline;

import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Machine;
import dev.nori.wal.bench.study.Report;
import dev.nori.wal.bench.study.Rounds;
import dev.nori.wal.bench.study.Study;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The JVM of one study: {@code OneStudy <set> <id> <file for the figures>}. */
final class OneStudy {
    // Held, because the JVM forgets a logger that nobody holds, and its level with it.
    private static final Logger LOG_OF_THE_LOG = Logger.getLogger("dev.nori.wal");

    private OneStudy() {}

    public static void main(String[] arguments) throws Exception {
        LOG_OF_THE_LOG.setLevel(Level.WARNING);
        Study study = StudySet.named(arguments[0]).study(arguments[1]);
        try (Workplace place = Workplace.create()) {
            Machine machine = Machine.of(place.directory());
            new Report(machine, List.of(Rounds.run(study))).save(Path.of(arguments[2]));
        }
    }
}
