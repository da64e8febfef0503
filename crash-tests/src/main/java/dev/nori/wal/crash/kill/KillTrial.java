package dev.nori.wal.crash.kill;

import dev.nori.wal.crash.Child;
import dev.nori.wal.crash.CrashWorker;
import dev.nori.wal.crash.Cut;
import dev.nori.wal.crash.LogSpec;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Oracle;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Session;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.Tally;
import dev.nori.wal.crash.Transcript;
import dev.nori.wal.crash.Transcript.Stage;
import dev.nori.wal.crash.Verdict;
import dev.nori.wal.crash.Workload;
import dev.nori.wal.crash.Workload.Ending;
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
 * One log, and the processes that are killed over it one after the other. Each of them first recovers what the one
 * before left, and reports it; the last is not killed, and closes the log.
 */
final class KillTrial {
    private static final int KILLED = 137;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LONGEST_LOCKSTEP = 40;
    private static final long LOCKSTEP_PATIENCE_NANOS = 20_000_000;
    private static final int MOST_STEPS_BEFORE_CLOSING = 30;
    private static final int RECORDS_LOG2 = 14;
    private static final int LARGE_RECORDS_LOG2 = 8;
    private static final long LONGEST_LIFE_NANOS = 500_000_000;
    private static final long LONGEST_DELAY_MICROS = 3_000;
    private static final long LONGEST_CLOSING_MICROS = 8_000;
    private static final long FIRST_OPENING_MICROS = 60_000;
    private static final long COLD_CLASSES_MICROS = 20_000;

    private final KillPlan plan;
    private final MutantClasses classes;
    private final LogSpec log;
    private final Path scratch;
    private final SplittableRandom random;
    private final Oracle oracle = new Oracle();
    private final List<KillOutcome.Hit> kills = new ArrayList<>();
    private Tally tally = Tally.NONE;
    private Optional<String> wrong = Optional.empty();
    private long openingMicros = FIRST_OPENING_MICROS;
    private int lives;

    /** @param directory the trial's own, there already */
    KillTrial(KillPlan plan, MutantClasses classes, Path directory, long seed) {
        this.plan = plan;
        this.classes = classes;
        this.log = new LogSpec(directory.resolve("log"), plan.policy(), plan.io(), plan.segmentBytes(), seed);
        this.scratch = directory.resolve("scratch");
        this.random = new SplittableRandom(Seeds.mix(seed, 0));
    }

    /**
     * Runs the plan, up to the first thing that is wrong.
     *
     * @throws IOException if the harness itself fails
     */
    KillOutcome run() throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        for (Moment moment : plan.moments()) {
            if (wrong.isEmpty()) live(moment);
        }
        if (wrong.isEmpty()) close();
        if (wrong.isEmpty() && oracle.settled().size() % 3 == 0) close(); // what was closed in order must open as clean
        return new KillOutcome(List.copyOf(kills), tally, wrong);
    }

    private void live(Moment moment) throws IOException, InterruptedException {
        Workload workload = workload(moment);
        try (Child<Transcript> worker = start(workload)) {
            die(moment, worker);
            worker.kill();
            int exitCode = worker.await(PATIENCE);
            Stage stage = worker.reader().stage();
            if (exitCode == KILLED) {
                kills.add(new KillOutcome.Hit(moment, stage));
                tally = tally.plus(Tally.of(1));
            } else if (exitCode != CrashWorker.DONE) {
                wrong(moment, "the worker ended with " + exitCode + ": " + words(worker));
            }
            judge(moment.toString(), workload, worker.reader());
        }
    }

    private Workload workload(Moment moment) {
        int firstWriter = lives++ * Workload.WRITERS_APART;
        Sizes sizes = moment == Moment.ROLL && plan.sizes() != Sizes.HUGE ? Sizes.LARGE : plan.sizes();
        Workload appends = Workload.appends(log, firstWriter, plan.threads(), plan.mode(), sizes)
                .with(plan.upkeep());
        return switch (moment) {
            case RANDOM, ROLL, OPENING -> appends;
            case AFTER_ACK, SECOND_OPENER -> appends.inLockstep();
            case CLOSING -> appends.endingAfter(random.nextInt(MOST_STEPS_BEFORE_CLOSING), Ending.CLOSE);
        };
    }

    private Child<Transcript> start(Workload workload) throws IOException {
        return Child.start(
                Child.briefCommand(classes.classPath(), scratch, CrashWorker.class.getName(), workload.arguments()),
                new Transcript());
    }

    /** Waits until it is time to kill. */
    private void die(Moment moment, Child<Transcript> worker) throws IOException, InterruptedException {
        switch (moment) {
            case RANDOM, ROLL -> dieAppending(moment, worker);
            case AFTER_ACK -> dieAfterAck(moment, worker);
            case OPENING -> {
                await(Stage.OPENING, moment, worker);
                sleepMicros(openingMicros);
            }
            case CLOSING -> {
                await(Stage.CLOSING, moment, worker);
                sleepMicros(LONGEST_CLOSING_MICROS);
            }
            case SECOND_OPENER -> {
                dieAfterAck(moment, worker);
                openAgain(worker.pid());
            }
        }
    }

    /** After some number of acknowledgements, small ones as likely as large ones, and then at no particular moment. */
    private void dieAppending(Moment moment, Child<Transcript> worker) throws InterruptedException {
        if (!worker.reader().ledger().await(1)) stuck(moment, worker, "to acknowledge anything");
        int most = 1 << random.nextInt(moment == Moment.ROLL ? LARGE_RECORDS_LOG2 : RECORDS_LOG2);
        worker.reader().ledger().await(1 + random.nextInt(most), LONGEST_LIFE_NANOS);
        sleepMicros(LONGEST_DELAY_MICROS);
    }

    private void dieAfterAck(Moment moment, Child<Transcript> worker) throws InterruptedException {
        await(Stage.LISTED, moment, worker);
        int steps = 1 + random.nextInt(LONGEST_LOCKSTEP);
        for (int step = 1; step <= steps && worker.letGo(); step++) {
            // Some steps are a sync, which nobody acknowledges.
            worker.reader().ledger().await(step, LOCKSTEP_PATIENCE_NANOS);
        }
    }

    private void await(Stage stage, Moment moment, Child<Transcript> worker) throws InterruptedException {
        if (!worker.reader().await(stage)) stuck(moment, worker, "to come to " + stage);
    }

    /** A worker that ended says why with its exit code; one that goes on for ever says nothing. */
    private void stuck(Moment moment, Child<Transcript> worker, String what) {
        if (worker.isAlive()) wrong(moment, "the worker took more than a minute " + what);
    }

    private void sleepMicros(long longest) throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep(random.nextLong(longest));
    }

    private void openAgain(long owner) throws IOException, InterruptedException {
        try (Child<Transcript> second = start(Workload.inspection(log, Ending.HALT))) {
            int exitCode = second.await(PATIENCE);
            String said = words(second);
            if (exitCode != CrashWorker.LOCKED) {
                wrong(Moment.SECOND_OPENER, "a second opener ended with " + exitCode + ": " + said);
            } else if (!said.contains("pid " + owner)) {
                wrong(Moment.SECOND_OPENER, "the owner is process " + owner + ", a second opener was told: " + said);
            }
        }
    }

    private void close() throws IOException, InterruptedException {
        Workload inspection = Workload.inspection(log, Ending.CLOSE);
        try (Child<Transcript> verifier = start(inspection)) {
            int exitCode = verifier.await(PATIENCE);
            if (exitCode != CrashWorker.DONE) wrong = Optional.of("at the end " + exitCode + ": " + words(verifier));
            judge("at the end", inspection, verifier.reader());
        }
    }

    /** What this life found is judged; what it did is for the next one to find. */
    private void judge(String when, Workload workload, Transcript transcript) {
        boolean complete = transcript.stage().compareTo(Stage.LISTED) >= 0;
        if (complete && wrong.isEmpty()) {
            Verdict verdict = oracle.judge(transcript.opened().orElseThrow(), transcript.listing());
            tally = tally.plus(Tally.of(0, verdict));
            if (!verdict.holds()) wrong = Optional.of(when + ", life " + lives + ": " + verdict.inWords());
        }
        transcript
                .opened()
                .ifPresent(opened ->
                        openingMicros = COLD_CLASSES_MICROS + TimeUnit.NANOSECONDS.toMicros(opened.tookNanos()));
        oracle.ended(Session.of(workload, transcript, new Cut.Kill()));
    }

    private void wrong(Moment moment, String what) {
        if (wrong.isEmpty()) wrong = Optional.of(moment + ", life " + lives + ": " + what);
    }

    private static String words(Child<Transcript> child) {
        return child.reader().refusal().orElse("") + child.complaints();
    }
}
