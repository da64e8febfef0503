package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Carries out a {@link CrashPlan} on a {@link CrashSubject}: records, cuts, mounts states, verifies.
 *
 * <p>Needs what {@link CrashDisk#missing} asks for. For one thread; the program under test runs in child processes.
 */
public final class CrashTrial {
    /** The folder on the disk that the program under test gets. */
    static final String FOLDER = "data";

    private final CrashPlan plan;
    private final CrashSubject subject;
    private final Consumer<Finding> onFinding;
    private final Path mountPoint;
    private final Verification verification;
    private final List<Finding> violations = new ArrayList<>();
    private final List<Finding> unmountable = new ArrayList<>();
    private int states;
    private long acknowledged;
    private long flushes;

    private CrashTrial(CrashPlan plan, CrashSubject subject, Consumer<Finding> onFinding, Path workFolder)
            throws IOException {
        this.plan = plan;
        this.subject = subject;
        this.onFinding = onFinding;
        this.mountPoint = Files.createDirectory(workFolder.resolve("mount"));
        this.verification = new Verification(plan, subject, mountPoint, workFolder.resolve("output"));
    }

    /**
     * Runs the plan to its end, through all violations.
     *
     * @param onFinding told of each violation and each state that cannot be mounted, as it is found
     * @throws IOException if the harness fails or the workload acknowledges nothing: then nothing is proved
     */
    public static CrashReport run(CrashPlan plan, CrashSubject subject, Consumer<Finding> onFinding)
            throws IOException, InterruptedException {
        Path workFolder = Files.createTempDirectory("nori-trial-");
        try {
            return new CrashTrial(plan, subject, onFinding, workFolder).run();
        } finally {
            Files.deleteIfExists(workFolder.resolve("output"));
            Files.deleteIfExists(workFolder.resolve("mount"));
            Files.deleteIfExists(workFolder);
        }
    }

    private CrashReport run() throws IOException, InterruptedException {
        DiskImage formatted = format();
        for (int run = 0; run < plan.runs(); run++) {
            long runSeed = Seeds.mix(plan.seed(), run);
            explore(run, runSeed, record(formatted, runSeed));
        }
        return new CrashReport(plan.runs(), states, acknowledged, violations, unmountable, flushes);
    }

    private DiskImage format() throws IOException {
        try (CrashDisk disk = CrashDisk.start(DiskImage.blank(plan.sizeBytes(), plan.sectorSizeBytes()))) {
            disk.format(plan.fileSystem());
            disk.mount(plan.fileSystem(), mountPoint);
            Files.createDirectory(mountPoint.resolve(FOLDER));
            disk.unmount();
            return disk.contents();
        }
    }

    private DiskLog record(DiskImage formatted, long runSeed) throws IOException, InterruptedException {
        long shortest = plan.earliestCut().toMillis();
        long spread = plan.latestCut().toMillis() - shortest;
        Duration delay = Duration.ofMillis(shortest + new SplittableRandom(runSeed).nextLong(spread + 1));
        try (CrashDisk disk = CrashDisk.start(formatted)) {
            disk.mount(plan.fileSystem(), mountPoint, plan.mountOptionArray());
            Recording.make(disk, subject, mountPoint.resolve(FOLDER), delay, plan.patience());
            flushes += disk.counts().flushes();
            return disk.log();
        }
    }

    private void explore(int run, long runSeed, DiskLog log) throws IOException, InterruptedException {
        acknowledged += log.markBefore(log.size()).orElse(0);
        ImageChooser images = new ImageChooser(log, runSeed, plan.fileSystem());
        List<Integer> cutPoints = CutPoints.choose(log, runSeed, plan.imagesPerRun());
        for (int i = 0; i < cutPoints.size(); i++) {
            CutImage state = images.choose(cutPoints.get(i), i);
            long owed = log.markBefore(state.cutPoint()).orElse(0);
            Optional<DiskLog> recovery = judge(run, "", state, owed, log);
            if (recovery.isPresent() && plan.recovery() == CrashPlan.Recovery.CUT_AGAIN) {
                cutRecovery(run, runSeed, state, owed, recovery.get());
            }
        }
    }

    // The recovery was recorded while it ran undisturbed; what a cut in its middle had left follows from that.
    private void cutRecovery(int run, long runSeed, CutImage first, long owed, DiskLog recovery)
            throws IOException, InterruptedException {
        long seed = Seeds.mix(runSeed, first.subsetSeed());
        int cutPoint = new SplittableRandom(seed).nextInt(recovery.size() + 1);
        CutImage second = new ImageChooser(recovery, seed, plan.fileSystem()).choose(cutPoint, 0);
        judge(run, first.describe() + " then ", second, owed, recovery);
    }

    private Optional<DiskLog> judge(int run, String before, CutImage state, long owed, DiskLog log)
            throws IOException, InterruptedException {
        states++;
        String cut = before + state.describe();
        Optional<Verification.Outcome> outcome = verification.verify(state.image(), owed);
        if (outcome.isEmpty()) {
            report(unmountable, new Finding(run, cut, owed, "cannot be mounted"), state, log);
            return Optional.empty();
        }
        Optional<String> violation = outcome.get().violation();
        if (violation.isPresent()) report(violations, new Finding(run, cut, owed, violation.get()), state, log);
        return violation.isPresent()
                ? Optional.empty()
                : Optional.of(outcome.get().log());
    }

    private void report(List<Finding> findings, Finding finding, CutImage state, DiskLog log) throws IOException {
        findings.add(finding);
        if (plan.keepIn().isPresent()) {
            String name = "run-" + finding.run() + "-state-" + states;
            Path folder = Files.createDirectories(plan.keepIn().get());
            state.image().writeTo(folder.resolve(name + ".img"));
            DiskLogFile.write(log, folder.resolve(name + ".log"));
        }
        onFinding.accept(finding);
    }
}
