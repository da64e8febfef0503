package dev.nori.wal.crash.fault;

import dev.nori.wal.FsyncPolicy;
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
import dev.nori.wal.crash.Verifier;
import dev.nori.wal.crash.Workers;
import dev.nori.wal.crash.Workload;
import dev.nori.wal.crash.disk.CrashDisk;
import dev.nori.wal.crash.disk.CutImage;
import dev.nori.wal.crash.disk.DiskImage;
import dev.nori.wal.crash.disk.DiskLog;
import dev.nori.wal.crash.disk.DiskLogFile;
import dev.nori.wal.crash.disk.Fault;
import dev.nori.wal.crash.disk.ImageChooser;
import dev.nori.wal.crash.disk.Stall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A device that fails under a worker, or under the process that recovers what the worker left. */
final class FaultTrial {
    /** How long a sync that fails may take to come back, in the worst case for good. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LONGEST_WAIT_NANOS = 1_500_000_000;
    private static final long AFTER_THE_FAULT_NANOS = 300_000_000;
    private static final long STALL_MILLIS = 100;

    /** A flush is many writes, and each of them may stall. */
    private static final Duration SLOW_SLACK = SLACK.plus(Duration.ofMillis(100 * STALL_MILLIS));

    private static final long POLL_MILLIS = 2;
    private static final int STATES = 3;

    private final FaultPlan plan;
    private final MutantClasses classes;
    private final DiskImage formatted;
    private final Path directory;
    private final Path mountPoint;
    private final LogSpec log;
    private final long seed;
    private final SplittableRandom random;
    private final Matrix matrix = new Matrix();
    private Optional<String> wrong = Optional.empty();
    private boolean fired;

    /** @param directory the trial's own, there already */
    FaultTrial(FaultPlan plan, MutantClasses classes, DiskImage formatted, Path directory, long seed) {
        this.plan = plan;
        this.classes = classes;
        this.formatted = formatted;
        this.directory = directory;
        this.mountPoint = directory.resolve("mount");
        this.log = new LogSpec(mountPoint.resolve("log"), plan.policy(), plan.io(), plan.segmentBytes(), seed);
        this.seed = seed;
        this.random = new SplittableRandom(Seeds.mix(seed, 0));
    }

    /**
     * Runs the plan, up to the first thing that is wrong.
     *
     * @throws IOException if the harness itself fails
     */
    TrialOutcome run() throws IOException, InterruptedException {
        Files.createDirectories(mountPoint);
        Path scratch = Files.createDirectories(directory.resolve("scratch"));
        try (Verifier verifier = new Verifier(classes, scratch)) {
            After after = work(scratch, verifier);
            if (wrong.isEmpty()) recover(after, verifier);
        }
        return new TrialOutcome(plan.toString(), matrix, wrong);
    }

    /** Whether the device failed at all. */
    boolean hasFired() {
        return fired;
    }

    /**
     * What the disk saw, and what is owed on it.
     *
     * @param from the earliest cut point at which all of it is owed
     */
    private record After(DiskLog disk, int from, Session session, Optional<Transcript> reopened) {
        Oracle oracle() {
            Oracle oracle = new Oracle();
            oracle.ended(session);
            reopened.ifPresent(transcript -> oracle.judge(transcript.opened().orElseThrow(), transcript.listing()));
            return oracle;
        }
    }

    private After work(Path scratch, Verifier verifier) throws IOException, InterruptedException {
        try (CrashDisk disk = CrashDisk.start(formatted)) {
            disk.mount(plan.fileSystem(), mountPoint);
            Session session = append(disk, scratch);
            int from = disk.position();
            Optional<Transcript> reopened = Optional.empty();
            if (plan.ending() == Ending.REOPEN && wrong.isEmpty()) {
                disk.clearFaults();
                reopened = reopen(verifier, session);
                from = disk.position();
            }
            disk.cut();
            disk.unmount();
            return new After(disk.log(), from, session, reopened);
        }
    }

    private Session append(CrashDisk disk, Path scratch) throws IOException, InterruptedException {
        Workload workload = Workload.appends(log, 0, plan.threads(), plan.mode(), plan.sizes());
        try (Child<Transcript> worker = Workers.start(classes, scratch, workload)) {
            if (!worker.reader().await(Stage.LISTED)) wrong("the worker did not open the log", worker);
            worker.reader().ledger().await(1);
            harm(disk);
            boolean ended = awaitEnd(disk, worker);
            if (!ended && mustEnd()) ended = worker.awaitEnd(PATIENCE);
            if (!ended && mustEnd())
                wrong("the device fails for good, and the worker neither fails nor goes on", worker);
            Cut.Power cut = new Cut.Power(worker.reader().ledger().mark(), System.nanoTime(), slack());
            if (!ended) worker.kill();
            int exitCode = worker.await(PATIENCE);
            if (ended && exitCode != CrashWorker.FAILED) wrong("the worker ended with " + exitCode, worker);
            if (ended && disk.counts().faults() == 0) wrong("the worker failed on a sound disk", worker);
            // One that ended by itself has said all it ever will, and nothing of it was in flight.
            Cut.Power last = ended ? new Cut.Power(worker.reader().ledger().mark(), cut.atNanos(), slack()) : cut;
            return Session.of(workload, worker.reader(), last);
        }
    }

    private Duration slack() {
        return plan.ending() == Ending.SLOW ? SLOW_SLACK : SLACK;
    }

    private void harm(CrashDisk disk) {
        switch (plan.ending()) {
            case CUT, REOPEN -> disk.inject(plan.fault());
            case SLOW -> disk.slow(new Stall(plan.fault().target(), plan.fault().nth(), STALL_MILLIS));
            case FAIL_RECOVERY -> {} // only the process that recovers meets it
        }
    }

    /** Nothing can be acknowledged any more. */
    private boolean mustEnd() {
        return fired
                && plan.ending() != Ending.SLOW
                && plan.fault().extent() == Fault.Extent.FOR_GOOD
                && plan.policy() instanceof FsyncPolicy.Always;
    }

    /** Gives the worker time to meet the fault. */
    private boolean awaitEnd(CrashDisk disk, Child<Transcript> worker) throws InterruptedException {
        long began = System.nanoTime();
        long limit = plan.ending() == Ending.FAIL_RECOVERY ? AFTER_THE_FAULT_NANOS / 3 : LONGEST_WAIT_NANOS;
        long firedAt = Long.MAX_VALUE;
        while (worker.isAlive() && System.nanoTime() - began < limit) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            if (firedAt == Long.MAX_VALUE && disk.counts().faults() > 0) firedAt = System.nanoTime();
            if (firedAt != Long.MAX_VALUE && System.nanoTime() - firedAt > AFTER_THE_FAULT_NANOS) break;
        }
        fired |= disk.counts().faults() > 0 || plan.ending() == Ending.SLOW;
        return !worker.isAlive();
    }

    /** The file system may have gone read-only or down: then the log refuses to open, which is honest. */
    private Optional<Transcript> reopen(Verifier verifier, Session session) throws IOException, InterruptedException {
        Transcript transcript = verifier.verify(log, () -> {});
        if (transcript.refusal().isPresent()) {
            if (transcript.refusal().get().startsWith("CORRUPT"))
                wrong("after the fault: " + transcript.refusal().get());
            return Optional.empty();
        }
        Oracle oracle = new Oracle();
        oracle.ended(session);
        judge("while the kernel has the pages", oracle, transcript);
        return Optional.of(transcript);
    }

    private void recover(After after, Verifier verifier) throws IOException, InterruptedException {
        ImageChooser images = new ImageChooser(after.disk, seed, plan.fileSystem());
        for (int i = 0; i < STATES && wrong.isEmpty(); i++) {
            int cutPoint = after.from + random.nextInt(after.disk.size() - after.from + 1);
            CutImage state = images.choose(cutPoint, i);
            recover(state, after, verifier);
            if (wrong.isPresent()) keep(after.disk, state);
        }
    }

    private void recover(CutImage state, After after, Verifier verifier) throws IOException, InterruptedException {
        Oracle oracle = after.oracle();
        DiskImage image = state.image();
        if (plan.ending() == Ending.FAIL_RECOVERY) image = failRecovery(state, oracle, verifier);
        if (wrong.isPresent()) return;
        try (CrashDisk disk = CrashDisk.start(image)) {
            disk.mount(plan.fileSystem(), mountPoint);
            Transcript transcript = verifier.verify(log, () -> {});
            disk.unmount();
            matrix.add(plan.cell(), Tally.of(1));
            judge(state.describe(), oracle, transcript);
        }
    }

    /** Recovers on a device that fails; if that reports something all the same, it is owed from then on. */
    private DiskImage failRecovery(CutImage state, Oracle oracle, Verifier verifier)
            throws IOException, InterruptedException {
        try (CrashDisk disk = CrashDisk.start(state.image())) {
            disk.mount(plan.fileSystem(), mountPoint);
            disk.inject(plan.fault());
            int[] listedAt = new int[1];
            Transcript transcript = verifier.verify(log, () -> listedAt[0] = disk.position());
            fired |= disk.counts().faults() > 0;
            disk.cut();
            disk.unmount();
            matrix.add(plan.cell(), Tally.of(1));
            boolean reported = transcript.stage().compareTo(Stage.LISTED) >= 0;
            if (reported)
                judge(
                        "recovery on a failing device",
                        oracle,
                        transcript.opened().orElseThrow(),
                        transcript);
            if (!reported && transcript.refusal().orElse("").startsWith("CORRUPT")) {
                wrong("recovery on a failing device: " + transcript.refusal().get());
            }
            DiskLog seen = disk.log();
            int from = reported ? listedAt[0] : 0;
            int cutPoint = from + random.nextInt(seen.size() - from + 1);
            return new ImageChooser(seen, seed, plan.fileSystem())
                    .choose(cutPoint, state.subsetSeed())
                    .image();
        }
    }

    private void judge(String when, Oracle oracle, Transcript transcript) {
        if (transcript.stage() != Stage.CLOSED) {
            wrong(when + ": recovery came to " + transcript.stage() + ", " + transcript.refusal());
            return;
        }
        judge(when, oracle, transcript.opened().orElseThrow(), transcript);
    }

    private void judge(String when, Oracle oracle, dev.nori.wal.crash.Opened opened, Transcript transcript) {
        Verdict verdict = oracle.judge(opened, transcript.listing());
        matrix.add(plan.cell(), Tally.of(0, verdict));
        if (!verdict.holds()) wrong(when + ": " + verdict.inWords());
    }

    private void wrong(String what, Child<Transcript> worker) throws IOException, InterruptedException {
        worker.kill();
        worker.await(PATIENCE);
        wrong(what + ": " + Workers.words(worker));
    }

    private void wrong(String what) {
        if (wrong.isEmpty()) wrong = Optional.of(what);
    }

    private void keep(DiskLog recorded, CutImage state) throws IOException {
        DiskLogFile.write(recorded, directory.resolve("disk.log"));
        state.image().writeTo(directory.resolve("disk.img"));
    }
}
