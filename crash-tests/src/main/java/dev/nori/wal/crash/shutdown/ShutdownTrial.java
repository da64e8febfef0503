package dev.nori.wal.crash.shutdown;

import dev.nori.wal.crash.Child;
import dev.nori.wal.crash.CrashWorker;
import dev.nori.wal.crash.Cut;
import dev.nori.wal.crash.LogSpec;
import dev.nori.wal.crash.Matrix;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Oracle;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Session;
import dev.nori.wal.crash.Tally;
import dev.nori.wal.crash.Transcript;
import dev.nori.wal.crash.Transcript.Stage;
import dev.nori.wal.crash.TrialOutcome;
import dev.nori.wal.crash.Verdict;
import dev.nori.wal.crash.Workers;
import dev.nori.wal.crash.Workload;
import dev.nori.wal.crash.Workload.Ending;
import dev.nori.wal.crash.disk.ShutdownDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One log on a file system of its own, which goes down under one worker after the other. Each of them first recovers
 * what the cut before left, and reports it; the last one meets no cut, and closes the log.
 */
final class ShutdownTrial {
    /**
     * What a flush may take, and the harness to order a cut: the age of what is lost under {@code Batch} is at most the
     * window and this. Generous, because the machine is shared: the window that was seen is in the matrix.
     */
    static final Duration SLACK = Duration.ofSeconds(1);

    private static final long DISK_BYTES = 1L << 30;
    private static final int SECTOR_BYTES = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LONGEST_LOCKSTEP = 40;
    private static final long LOCKSTEP_PATIENCE_NANOS = 20_000_000;
    private static final long LONGEST_LIFE_MICROS = 80_000;
    private static final long LONGEST_OPENING_MICROS = 120_000;
    private static final int LATE_ACKS = 50;

    private final ShutdownPlan plan;
    private final MutantClasses classes;
    private final LogSpec log;
    private final Path mountPoint;
    private final Path scratch;
    private final SplittableRandom random;
    private final Oracle oracle = new Oracle();
    private final Matrix matrix = new Matrix();
    private final List<Killed> killed = new ArrayList<>();
    private Optional<String> wrong = Optional.empty();
    private int lives;

    /** One that was killed, and what it left has not been reported by any other since. */
    private record Killed(Workload workload, Transcript transcript, Cut.Power asIfCut) {
        Session owing(Cut cut) {
            return Session.of(workload, transcript, cut);
        }
    }

    /** @param directory the trial's own, there already */
    ShutdownTrial(ShutdownPlan plan, MutantClasses classes, Path directory, long seed) {
        this.plan = plan;
        this.classes = classes;
        this.mountPoint = directory.resolve("mount");
        this.scratch = directory.resolve("scratch");
        this.log = new LogSpec(mountPoint.resolve("log"), plan.policy(), plan.io(), plan.segmentBytes(), seed);
        this.random = new SplittableRandom(Seeds.mix(seed, 0));
    }

    /**
     * Runs the plan, up to the first thing that is wrong.
     *
     * @throws IOException if the harness itself fails
     */
    TrialOutcome run() throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        Files.createDirectories(mountPoint);
        try (ShutdownDisk disk = ShutdownDisk.create(plan.fileSystem(), DISK_BYTES, SECTOR_BYTES)) {
            disk.mount(mountPoint);
            for (Moment moment : plan.moments()) {
                if (wrong.isEmpty()) live(disk, moment);
            }
            if (wrong.isEmpty()) close();
        }
        return new TrialOutcome(plan.toString(), matrix, wrong);
    }

    private void live(ShutdownDisk disk, Moment moment) throws IOException, InterruptedException {
        Workload workload = workload(moment);
        try (Child<Transcript> worker = Workers.start(classes, scratch, workload)) {
            work(moment, worker);
            if (!worker.isAlive()) mustHaveClosed(moment, worker);
            Cut.Power cut = new Cut.Power(worker.reader().ledger().mark(), System.nanoTime(), SLACK);
            if (moment != Moment.KILLED) disk.shutdown(ShutdownDisk.Manner.FLUSH_NOTHING);
            worker.kill();
            worker.await(PATIENCE);
            matrix.add(plan.cell(moment), Tally.of(1));
            judge(moment, worker.reader());
            if (moment == Moment.KILLED) killed.add(new Killed(workload, worker.reader(), cut));
            else cut(workload, worker.reader(), cut);
        }
        if (moment != Moment.KILLED) disk.remount();
    }

    private void mustHaveClosed(Moment moment, Child<Transcript> worker) throws IOException, InterruptedException {
        int exitCode = worker.await();
        if (moment == Moment.CLOSED && exitCode == CrashWorker.DONE) return;
        wrong(moment, "the worker ended with " + exitCode + ": " + Workers.words(worker));
    }

    /** What the kernel still had of those that were killed before went with the rest, unless it was reported since. */
    private void cut(Workload workload, Transcript transcript, Cut.Power cut) {
        killed.forEach(one -> oracle.ended(one.owing(one.asIfCut)));
        killed.clear();
        oracle.ended(Session.of(workload, transcript, cut));
    }

    private Workload workload(Moment moment) {
        int firstWriter = lives++ * Workload.WRITERS_APART;
        Workload appends = Workload.appends(log, firstWriter, plan.threads(), plan.mode(), plan.sizes())
                .with(plan.upkeep());
        return switch (moment) {
            case RANDOM, LATE, OPENING, LISTED, KILLED -> appends;
            case AFTER_ACK, IDLE -> appends.inLockstep();
            case CLOSED -> appends.endingAfter(1 + random.nextInt(LONGEST_LOCKSTEP), Ending.CLOSE);
        };
    }

    /** Waits until it is time to cut. */
    private void work(Moment moment, Child<Transcript> worker) throws InterruptedException {
        switch (moment) {
            case RANDOM, KILLED -> {
                worker.reader().ledger().await(1);
                TimeUnit.MICROSECONDS.sleep(1 + random.nextLong(1 + random.nextLong(LONGEST_LIFE_MICROS)));
            }
            case AFTER_ACK -> step(worker);
            case IDLE -> {
                step(worker);
                outliveTheWindow();
            }
            case LATE -> {
                worker.reader().ledger().await(LATE_ACKS);
                outliveTheWindow();
            }
            case OPENING -> {
                worker.reader().await(Stage.OPENING);
                TimeUnit.MICROSECONDS.sleep(random.nextLong(LONGEST_OPENING_MICROS));
            }
            case LISTED -> worker.reader().await(Stage.LISTED);
            case CLOSED -> worker.reader().await(Stage.CLOSED);
        }
    }

    private void step(Child<Transcript> worker) throws InterruptedException {
        worker.reader().await(Stage.LISTED);
        int steps = 1 + random.nextInt(LONGEST_LOCKSTEP);
        for (int step = 1; step <= steps && worker.letGo(); step++) {
            worker.reader()
                    .ledger()
                    .await(step, LOCKSTEP_PATIENCE_NANOS); // a sync is a step too, which nobody acknowledges
        }
    }

    private static void outliveTheWindow() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(SLACK.plusMillis(300).toNanos());
    }

    private void close() throws IOException, InterruptedException {
        Workload inspection = Workload.inspection(log, Ending.CLOSE);
        try (Child<Transcript> verifier = Workers.start(classes, scratch, inspection)) {
            int exitCode = verifier.await(PATIENCE);
            if (exitCode != CrashWorker.DONE)
                wrong = Optional.of("at the end " + exitCode + ": " + Workers.words(verifier));
            judge(plan.moments().getLast(), verifier.reader());
        }
    }

    /** What this life found is judged; what it did is for the next one to find. */
    private void judge(Moment moment, Transcript transcript) {
        boolean complete = transcript.stage().compareTo(Stage.LISTED) >= 0;
        if (!complete || wrong.isPresent()) return;
        killed.forEach(one -> oracle.ended(one.owing(new Cut.Kill())));
        killed.clear();
        Verdict verdict = oracle.judge(transcript.opened().orElseThrow(), transcript.listing());
        matrix.add(plan.cell(moment), Tally.of(0, verdict));
        if (!verdict.holds()) wrong(moment, "life " + lives + ": " + verdict.inWords());
    }

    private void wrong(Moment moment, String what) {
        if (wrong.isEmpty()) wrong = Optional.of(moment + ", life " + lives + ": " + what);
    }
}
