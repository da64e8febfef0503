package dev.nori.wal.crash.example;

import dev.nori.wal.crash.disk.CrashDisk;
import dev.nori.wal.crash.disk.CrashPlan;
import dev.nori.wal.crash.disk.CrashPlan.Recovery;
import dev.nori.wal.crash.disk.CrashReport;
import dev.nori.wal.crash.disk.CrashTrial;
import dev.nori.wal.crash.disk.FileSystem;
import dev.nori.wal.crash.disk.Finding;
import dev.nori.wal.crash.disk.KillPlan;
import dev.nori.wal.crash.disk.KillReport;
import dev.nori.wal.crash.disk.KillTrial;
import dev.nori.wal.crash.disk.SelfCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Kills the store and cuts its power: nothing may be found wrong with its honest form, and something must with the others. */
final class ExampleRun {
    private static final FileSystem FILE_SYSTEM = FileSystem.EXT4;
    private static final int KILLS = 10;
    private static final int RUNS = 3;
    private static final int IMAGES = 5;
    private static final long MOST_SEEDS = 1_000_000;

    private final PrintStream out;
    private final long seed;
    private boolean good = true;

    private ExampleRun(PrintStream out, long seed) {
        this.out = out;
        this.seed = seed;
    }

    /** Argument: the seed, or none for another one each time. Exit status 0 if all is as it must be. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long seed = arguments.length > 0
                ? Long.parseLong(arguments[0])
                : ThreadLocalRandom.current().nextLong(MOST_SEEDS);
        System.exit(new ExampleRun(System.out, seed).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        out.println("seed " + seed);
        kill(Manner.HONEST);
        kill(Manner.TOO_EARLY);
        Optional<String> missing = CrashDisk.missing(FILE_SYSTEM);
        if (missing.isPresent()) {
            out.println("SKIPPED power cuts: " + missing.get());
        } else if (isDiskTrustworthy()) {
            cutPower(Manner.HONEST);
            cutPower(Manner.WITHOUT_SYNC);
        }
        return good;
    }

    private boolean isDiskTrustworthy() throws IOException {
        SelfCheck.Verdict verdict = SelfCheck.crashDisk(FILE_SYSTEM, 512);
        out.println(verdict.describe());
        good &= verdict.passed();
        return verdict.passed();
    }

    private void kill(Manner manner) throws IOException, InterruptedException {
        KillPlan plan = KillPlan.of(seed).withKills(KILLS);
        KillReport report = KillTrial.run(plan, new StoreSubject(manner, seed), finding -> {});
        conclude("kills", manner, report.describe(), report.violations());
    }

    private void cutPower(Manner manner) throws IOException, InterruptedException {
        CrashPlan plan = CrashPlan.of(FILE_SYSTEM, seed)
                .withRuns(RUNS)
                .withImagesPerRun(IMAGES)
                .withRecovery(manner == Manner.HONEST ? Recovery.CUT_AGAIN : Recovery.UNDISTURBED);
        CrashReport report = CrashTrial.run(plan, new StoreSubject(manner, seed), finding -> {});
        conclude("power cuts", manner, report.describe(), report.violations());
    }

    private void conclude(String what, Manner manner, String report, List<Finding> violations) {
        boolean honest = manner == Manner.HONEST;
        boolean asItMustBe = honest == violations.isEmpty();
        String verdict = !asItMustBe ? "WRONG" : honest ? "held" : "caught";
        out.printf("%s, %s: %s: %s%n", what, manner, verdict, report);
        violations.stream()
                .limit(honest ? Integer.MAX_VALUE : 1)
                .forEach(finding -> out.println("  " + finding.describe()));
        good &= asItMustBe;
    }
}
