package dev.nori.wal.crash.shutdown;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.crash.Canary;
import dev.nori.wal.crash.Hunt;
import dev.nori.wal.crash.Hunts;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Trials;
import dev.nori.wal.crash.disk.FileSystem;
import dev.nori.wal.crash.disk.SelfCheck;
import dev.nori.wal.crash.disk.ShutdownDisk;
import dev.nori.wal.crash.disk.ShutdownDisk.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** L2: the file system goes down without writing what it holds. Needs root and loop devices. */
public final class ShutdownLevel implements Level {
    /** The level's name. */
    public static final String NAME = "L2";

    private static final List<FileSystem> FILE_SYSTEMS = List.of(FileSystem.EXT4, FileSystem.XFS);
    private static final long CUTS_THAT_MUST_LOSE = 12;
    private static final int ROUNDS = 1;

    private final Hunts hunts = new Hunts(ShutdownMutants.TABLE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "shutdown";
    }

    @Override
    public Optional<String> missing() {
        return ShutdownDisk.missing(FileSystem.EXT4);
    }

    @Override
    public LevelResult run(LevelContext context) throws IOException, InterruptedException {
        List<FileSystem> fileSystems = new ArrayList<>();
        List<String> skips = new ArrayList<>();
        for (FileSystem fileSystem : FILE_SYSTEMS) {
            Optional<String> missing = ShutdownDisk.missing(fileSystem);
            if (missing.isPresent()) skips.add(fileSystem.type() + ": " + missing.get());
            else fileSystems.add(fileSystem);
        }
        for (FileSystem fileSystem : fileSystems) check(fileSystem, context);
        Trials trials = new Trials(
                NAME,
                context,
                (number, directory) -> new ShutdownTrial(
                                ShutdownPlan.ofTrial(fileSystems, context.seed(), number),
                                MutantClasses.unchanged(),
                                directory,
                                Seeds.mix(context.seed(), number))
                        .run());
        LevelResult result = trials.run(ROUNDS * fileSystems.size() * ShutdownPlan.CELLS, skips);
        if (context.trial().isEmpty()) mustHaveLost(result);
        return new LevelResult(result.matrix(), result.findings(), result.skips(), List.of(longestLoss(result)));
    }

    /** A kit that loses nothing proves nothing; that the check can fail is one of the {@link #canaries}. */
    private static void check(FileSystem fileSystem, LevelContext context) throws IOException {
        SelfCheck.Verdict verdict = SelfCheck.shutdownDisk(fileSystem, Manner.FLUSH_NOTHING);
        context.out().println("  " + verdict.describe());
        if (!verdict.passed()) throw new IOException(verdict.describe());
    }

    private static String longestLoss(LevelResult result) {
        Duration longest = result.matrix().longestLoss(FsyncPolicy.Batch.class);
        return "Batch lost at most what was acknowledged %.1f ms before a cut".formatted(longest.toNanos() / 1e6);
    }

    /** Of a few cuts none may come while there is something to lose. */
    private static void mustHaveLost(LevelResult result) throws IOException {
        long cuts = result.matrix().crashes(FsyncPolicy.Os.class);
        if (cuts < CUTS_THAT_MUST_LOSE
                || !result.matrix().longestLoss(FsyncPolicy.Os.class).isZero()) return;
        throw new IOException("FAILED HARNESS: Os lost nothing in %d cuts, so the cuts are none".formatted(cuts));
    }

    @Override
    public List<Mutant> mutants() {
        return hunts.mutants();
    }

    @Override
    public Optional<String> hunt(Mutant mutant, MutantClasses classes, LevelContext context)
            throws IOException, InterruptedException {
        return hunts.hunt(mutant, classes, context);
    }

    @Override
    public List<Canary> canaries() {
        return FILE_SYSTEMS.stream()
                .filter(fileSystem -> ShutdownDisk.missing(fileSystem).isEmpty())
                .map(ShutdownLevel::shutdownThatFlushes)
                .toList();
    }

    private static Canary shutdownThatFlushes(FileSystem fileSystem) {
        return new Canary(
                "a shutdown that flushes, " + fileSystem.type(),
                "what was not synced is lost",
                NAME,
                new SelfCheckHunt(fileSystem, Manner.FLUSH_ALL),
                new SelfCheckHunt(fileSystem, Manner.FLUSH_NOTHING));
    }

    /** Notices a kit that does not pass its self-check. */
    private record SelfCheckHunt(FileSystem fileSystem, Manner manner) implements Hunt {
        @Override
        public int attempts() {
            return 1;
        }

        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed) throws IOException {
            SelfCheck.Verdict verdict = SelfCheck.shutdownDisk(fileSystem, manner);
            return verdict.passed() ? Optional.empty() : Optional.of(verdict.describe());
        }
    }
}
