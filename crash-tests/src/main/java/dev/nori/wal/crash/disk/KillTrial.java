package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Carries out a {@link KillPlan} on a {@link CrashSubject}: {@code kill -9} at a random moment, verification, and on from there in the same
 * directory. A killed process loses what it had not handed to the kernel; for what the kernel had not handed to the disk there is
 * {@link CrashTrial}.
 *
 * <p>For one thread; the program under test runs in child processes.
 */
public final class KillTrial {
    private final KillPlan plan;
    private final CrashSubject subject;
    private final Path directory;
    private final Judge judge;
    private long acknowledgedInAll;

    private KillTrial(KillPlan plan, CrashSubject subject, Path directory, Judge judge) {
        this.plan = plan;
        this.subject = subject;
        this.directory = directory;
        this.judge = judge;
    }

    /**
     * Runs the plan up to the first violation.
     *
     * @param onFinding told of it
     * @throws IOException if the harness fails or the workload acknowledges nothing: then nothing is proved
     */
    public static KillReport run(KillPlan plan, CrashSubject subject, Consumer<Finding> onFinding)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("nori-kills-");
        try {
            Path directory = Files.createDirectory(folder.resolve(CrashTrial.FOLDER));
            Judge judge = new Judge(subject, plan.patience(), folder.resolve("output"));
            return new KillTrial(plan, subject, directory, judge).run(onFinding);
        } finally {
            WorkFolder.delete(folder);
        }
    }

    private KillReport run(Consumer<Finding> onFinding) throws IOException, InterruptedException {
        long spread = plan.latest().minus(plan.earliest()).toMillis();
        for (int kill = 0; kill < plan.kills(); kill++) {
            SplittableRandom random = new SplittableRandom(Seeds.mix(plan.seed(), kill));
            Duration delay = plan.earliest().plusMillis(random.nextLong(spread + 1));
            long acknowledged = killAfter(delay);
            acknowledgedInAll += acknowledged;
            Optional<String> violation = judge.judge(directory, acknowledged);
            if (violation.isEmpty()) continue;
            Finding finding =
                    new Finding(kill, "killed after " + delay.toMillis() + " ms", acknowledged, violation.get());
            onFinding.accept(finding);
            return new KillReport(kill + 1, acknowledgedInAll, List.of(finding));
        }
        return new KillReport(plan.kills(), acknowledgedInAll, List.of());
    }

    private long killAfter(Duration delay) throws IOException, InterruptedException {
        Child child = Child.start(subject.workload(directory));
        try {
            AckPipe acks = new AckPipe(child, acknowledged -> {});
            acks.awaitFirst(plan.patience());
            child.await(delay);
            child.killAndKeepOutput();
            acks.awaitEnd();
            return acks.acknowledged();
        } finally {
            child.kill();
        }
    }
}
