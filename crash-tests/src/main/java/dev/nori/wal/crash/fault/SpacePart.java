package dev.nori.wal.crash.fault;

import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.disk.FileSystem;
import dev.nori.wal.crash.disk.ShutdownDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file system that is full, or that lies on something that is. */
final class SpacePart implements FaultPart {
    private final long seed;
    private final Where where;
    private final List<FileSystem> fileSystems = Stream.of(FileSystem.EXT4, FileSystem.XFS)
            .filter(fileSystem -> ShutdownDisk.missing(fileSystem).isEmpty())
            .toList();

    /** What is full. */
    enum Where {
        /** The file system of the log. */
        HERE,
        /** What carries its disk. */
        BENEATH
    }

    SpacePart(long seed, Where where) {
        this.seed = seed;
        this.where = where;
    }

    @Override
    public String name() {
        return where == Where.HERE ? "full disk" : "full host";
    }

    @Override
    public int brief() {
        return Setting.COUNT;
    }

    @Override
    public Optional<String> missing() {
        return ShutdownDisk.missing(FileSystem.EXT4);
    }

    @Override
    public FaultOutcome run(int number, Path directory) throws IOException, InterruptedException {
        FileSystem fileSystem = fileSystems.get(number % fileSystems.size());
        Setting setting = Setting.ofTrial(number);
        long own = Seeds.mix(seed, number);
        MutantClasses classes = MutantClasses.unchanged();
        return switch (where) {
            case HERE -> new FullTrial(fileSystem, setting, classes, directory, own).run();
            case BENEATH -> new HostTrial(fileSystem, setting, classes, directory, own).run();
        };
    }
}
