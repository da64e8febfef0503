package dev.nori.wal.crash.fault;

import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.device.Formatted;
import dev.nori.wal.crash.device.Formatted.Medium;
import dev.nori.wal.crash.disk.CrashDisk;
import dev.nori.wal.crash.disk.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The n-th write or flush of a crash disk fails, once or for good. */
final class DevicePart implements FaultPart {
    private static final int SECTOR_BYTES = 512;

    private final long seed;
    private final Formatted formatted;
    private final List<FileSystem> fileSystems = Stream.of(FileSystem.values())
            .filter(fileSystem -> CrashDisk.missing(fileSystem).isEmpty())
            .toList();

    DevicePart(long seed, Formatted formatted) {
        this.seed = seed;
        this.formatted = formatted;
    }

    @Override
    public String name() {
        return "device";
    }

    @Override
    public int brief() {
        return 36;
    }

    @Override
    public Optional<String> missing() {
        return CrashDisk.missing(FileSystem.EXT4);
    }

    @Override
    public List<String> skips() {
        return Stream.of(FileSystem.values())
                .flatMap(
                        fileSystem -> CrashDisk.missing(fileSystem).map(why -> fileSystem.type() + ": " + why).stream())
                .toList();
    }

    @Override
    public FaultOutcome run(int number, Path directory) throws IOException, InterruptedException {
        FaultPlan plan = FaultPlan.ofTrial(fileSystems, seed, number);
        return run(plan, MutantClasses.unchanged(), formatted, directory, Seeds.mix(seed, number));
    }

    static FaultOutcome run(FaultPlan plan, MutantClasses classes, Formatted formatted, Path directory, long seed)
            throws IOException, InterruptedException {
        Medium medium = new Medium(plan.fileSystem(), SECTOR_BYTES);
        FaultTrial trial = new FaultTrial(plan, classes, formatted.image(medium), directory, seed);
        return new FaultOutcome(trial.run(), trial.hasFired());
    }
}
