package dev.nori.wal.crash.device;

import dev.nori.wal.crash.LogSpec;
import dev.nori.wal.crash.Matrix;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Oracle;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Tally;
import dev.nori.wal.crash.Transcript;
import dev.nori.wal.crash.Transcript.Stage;
import dev.nori.wal.crash.TrialOutcome;
import dev.nori.wal.crash.Verdict;
import dev.nori.wal.crash.Verifier;
import dev.nori.wal.crash.disk.CrashDisk;
import dev.nori.wal.crash.disk.CutImage;
import dev.nori.wal.crash.disk.CutPoints;
import dev.nori.wal.crash.disk.DiskImage;
import dev.nori.wal.crash.disk.DiskLog;
import dev.nori.wal.crash.disk.DiskLogFile;
import dev.nori.wal.crash.disk.ImageChooser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One recording and many states that a cut may have left behind. Each is mounted, recovered and judged; the recovery of
 * some is cut in turn.
 */
final class DiskTrial {
    /** What a flush may take beyond the window of {@code Batch}; the window that was seen is in the matrix. */
    static final Duration SLACK = Duration.ofSeconds(1);

    private static final String CUT_ONCE = "cut";
    private static final String CUT_TWICE = "cut twice";
    private static final int CUT_AGAIN_EVERY = 4;

    private final DiskPlan plan;
    private final MutantClasses classes;
    private final DiskImage formatted;
    private final List<String> mountOptions;
    private final Path directory;
    private final Path mountPoint;
    private final LogSpec log;
    private final long seed;
    private final Matrix matrix = new Matrix();
    private Optional<String> wrong = Optional.empty();

    /** @param directory the trial's own, there already */
    DiskTrial(
            DiskPlan plan,
            MutantClasses classes,
            DiskImage formatted,
            List<String> mountOptions,
            Path directory,
            long seed) {
        this.plan = plan;
        this.classes = classes;
        this.formatted = formatted;
        this.mountOptions = mountOptions;
        this.directory = directory;
        this.mountPoint = directory.resolve("mount");
        this.log = new LogSpec(mountPoint.resolve("log"), plan.policy(), plan.io(), plan.segmentBytes(), seed);
        this.seed = seed;
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
            explore(record(scratch), verifier);
        } catch (Recorder.WorkerFailed failed) {
            wrong = Optional.of(String.valueOf(failed.getMessage()));
        }
        return new TrialOutcome(plan.toString(), matrix, wrong);
    }

    private Recording record(Path scratch) throws IOException, InterruptedException {
        try (CrashDisk disk = CrashDisk.start(formatted)) {
            mount(disk);
            SplittableRandom random = new SplittableRandom(Seeds.mix(seed, 0));
            return new Recorder(plan, classes, disk, log, scratch, random).record();
        }
    }

    private void mount(CrashDisk disk) throws IOException {
        disk.mount(plan.medium().fileSystem(), mountPoint, mountOptions.toArray(String[]::new));
    }

    private void explore(Recording recording, Verifier verifier) throws IOException, InterruptedException {
        ImageChooser images =
                new ImageChooser(recording.log(), seed, plan.medium().fileSystem());
        List<Integer> cutPoints = CutPoints.choose(recording.log(), seed, plan.states());
        for (int i = 0; i < cutPoints.size() && wrong.isEmpty(); i++) {
            CutImage state = images.choose(cutPoints.get(i), i);
            Oracle oracle = recording.oracle(state.cutPoint(), SLACK);
            Recovered recovered = recover(CUT_ONCE, state, oracle, state.describe(), verifier);
            if (wrong.isPresent()) keep(recording.log(), state);
            else if (i % CUT_AGAIN_EVERY == 0) cutAgain(recording, state, oracle, recovered, verifier);
        }
    }

    /**
     * What a recovery did.
     *
     * @param log of its disk
     * @param listedAt events before it had reported everything
     */
    private record Recovered(DiskLog log, int listedAt) {}

    private Recovered recover(String cell, CutImage state, Oracle oracle, String how, Verifier verifier)
            throws IOException, InterruptedException {
        int[] listedAt = new int[1];
        try (CrashDisk disk = CrashDisk.start(state.image())) {
            try {
                mount(disk);
            } catch (IOException refused) {
                wrong = Optional.of(how + ": cannot be mounted: " + refused.getMessage());
                return new Recovered(disk.log(), 0);
            }
            Transcript transcript = verifier.verify(log, () -> listedAt[0] = disk.position());
            disk.unmount();
            matrix.add(plan.cell(cell), Tally.of(1));
            judge(cell, transcript, oracle, how);
            return new Recovered(disk.log(), listedAt[0]);
        }
    }

    private void judge(String cell, Transcript transcript, Oracle oracle, String how) {
        if (transcript.stage() != Stage.CLOSED) {
            wrong = Optional.of(how + ": recovery came to " + transcript.stage() + ", " + transcript.refusal());
            return;
        }
        Verdict verdict = oracle.judge(transcript.opened().orElseThrow(), transcript.listing());
        matrix.add(plan.cell(cell), Tally.of(0, verdict));
        if (!verdict.holds()) wrong = Optional.of(how + ": " + verdict.inWords());
    }

    /**
     * Once before the recovery had reported, which then owes nothing of its own, and once after.
     *
     * @param settled has judged the recovery, and holds the next one to it
     */
    private void cutAgain(Recording recording, CutImage first, Oracle settled, Recovered recovered, Verifier verifier)
            throws IOException, InterruptedException {
        long again = Seeds.mix(seed, first.subsetSeed());
        SplittableRandom random = new SplittableRandom(again);
        ImageChooser images =
                new ImageChooser(recovered.log, again, plan.medium().fileSystem());
        CutImage early = images.choose(random.nextInt(recovered.listedAt + 1), 0);
        recover(CUT_TWICE, early, recording.oracle(first.cutPoint(), SLACK), both(first, early), verifier);
        if (wrong.isPresent()) {
            keep(recovered.log, early);
            return;
        }
        int behind = recovered.listedAt + random.nextInt(recovered.log.size() - recovered.listedAt + 1);
        CutImage late = images.choose(behind, 1);
        recover(CUT_TWICE, late, settled, both(first, late), verifier);
        if (wrong.isPresent()) keep(recovered.log, late);
    }

    private static String both(CutImage first, CutImage second) {
        return first.describe() + ", then " + second.describe();
    }

    private void keep(DiskLog recorded, CutImage state) throws IOException {
        DiskLogFile.write(recorded, directory.resolve("disk.log"));
        state.image().writeTo(directory.resolve("disk.img"));
    }
}
