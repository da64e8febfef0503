package dev.nori.wal.crash.device;

import dev.nori.wal.crash.Canary;
import dev.nori.wal.crash.Hunts;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Trials;
import dev.nori.wal.crash.device.Formatted.Medium;
import dev.nori.wal.crash.disk.CrashDisk;
import dev.nori.wal.crash.disk.FileSystem;
import dev.nori.wal.crash.disk.SelfCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** L3: the power of a disk is cut. Needs root, {@code /dev/fuse} and loop devices. */
public final class CrashDiskLevel implements Level {
    /** The level's name. */
    public static final String NAME = "L3";

    private static final List<Medium> MEDIA = List.of(
            new Medium(FileSystem.EXT4, 512),
            new Medium(FileSystem.XFS, 512),
            new Medium(FileSystem.BTRFS, 512),
            new Medium(FileSystem.EXT4, 4096));

    private final Formatted formatted = new Formatted();
    private final DiskMutants mutants = new DiskMutants(formatted);
    private final Hunts hunts = new Hunts(mutants.table());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "crash disk";
    }

    @Override
    public Optional<String> missing() {
        return CrashDisk.missing(FileSystem.EXT4);
    }

    @Override
    public LevelResult run(LevelContext context) throws IOException, InterruptedException {
        List<Medium> media = new ArrayList<>();
        List<String> skips = new ArrayList<>();
        for (Medium medium : MEDIA) {
            Optional<String> missing = CrashDisk.missing(medium.fileSystem());
            if (missing.isPresent()) skips.add(medium.fileSystem().type() + ": " + missing.get());
            else media.add(medium);
        }
        for (Medium medium : media) check(medium, context);
        Trials trials = new Trials(NAME, context, (number, directory) -> {
            DiskPlan plan = DiskPlan.ofTrial(media, context.seed(), number);
            return new DiskTrial(
                            plan,
                            MutantClasses.unchanged(),
                            formatted.image(plan.medium()),
                            List.of(),
                            directory,
                            Seeds.mix(context.seed(), number))
                    .run();
        });
        return trials.run(media.size() * DiskPlan.CELLS, skips);
    }

    /** A disk that keeps everything proves nothing; that the check can fail is one of the {@link #canaries}. */
    private static void check(Medium medium, LevelContext context) throws IOException {
        SelfCheck.Verdict verdict = SelfCheck.crashDisk(medium.fileSystem(), medium.sectorBytes());
        context.out().println("  " + verdict.describe());
        if (!verdict.passed()) throw new IOException(verdict.describe());
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
        return mutants.canaries();
    }
}
