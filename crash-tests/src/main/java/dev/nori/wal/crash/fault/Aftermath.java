package dev.nori.wal.crash.fault;

import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Child;
import dev.nori.wal.crash.CrashWorker;
import dev.nori.wal.crash.LogSpec;
import dev.nori.wal.crash.Matrix;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Oracle;
import dev.nori.wal.crash.Session;
import dev.nori.wal.crash.Tally;
import dev.nori.wal.crash.Transcript;
import dev.nori.wal.crash.Transcript.Stage;
import dev.nori.wal.crash.Verdict;
import dev.nori.wal.crash.Workers;
import dev.nori.wal.crash.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is found of a log by the processes that come after the fault, and the first thing that is wrong. */
final class Aftermath {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Cell cell;
    private final LogSpec log;
    private final MutantClasses classes;
    private final Path scratch;
    private final Oracle oracle = new Oracle();
    private final Matrix matrix = new Matrix();
    private Optional<String> wrong = Optional.empty();

    Aftermath(Cell cell, LogSpec log, MutantClasses classes, Path scratch) {
        this.cell = cell;
        this.log = log;
        this.classes = classes;
        this.scratch = scratch;
    }

    /** Opens the log after a process has ended, and judges what is there. */
    void inspect(String when, Session ended) throws IOException, InterruptedException {
        oracle.ended(ended);
        inspect(when);
    }

    /** Opens it once more: what was reported must be there again. */
    void inspect(String when) throws IOException, InterruptedException {
        if (wrong.isPresent()) return;
        Workload inspection = Workload.inspection(log, Workload.Ending.CLOSE);
        try (Child<Transcript> inspector = Workers.start(classes, scratch, inspection)) {
            int exitCode = inspector.await(PATIENCE);
            matrix.add(cell, Tally.of(1));
            if (exitCode != CrashWorker.DONE)
                wrong(when + ": ended with " + exitCode + ": " + Workers.words(inspector));
            else judge(when, inspector.reader());
        }
    }

    private void judge(String when, Transcript transcript) {
        if (transcript.stage() != Stage.CLOSED) {
            wrong(when + ": recovery came to " + transcript.stage());
            return;
        }
        Verdict verdict = oracle.judge(transcript.opened().orElseThrow(), transcript.listing());
        matrix.add(cell, Tally.of(0, verdict));
        if (!verdict.holds()) wrong(when + ": " + verdict.inWords());
    }

    /** Notes what is wrong; the first counts. */
    void wrong(String what) {
        if (wrong.isEmpty()) wrong = Optional.of(what);
    }

    Optional<String> wrong() {
        return wrong;
    }

    Matrix matrix() {
        return matrix;
    }
}
