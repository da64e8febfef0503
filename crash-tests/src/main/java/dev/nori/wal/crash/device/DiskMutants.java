package dev.nori.wal.crash.device;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Canary;
import dev.nori.wal.crash.Hunt;
import dev.nori.wal.crash.Hunted;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.Upkeep;
import dev.nori.wal.crash.Workload.Pace;
import dev.nori.wal.crash.device.Formatted.Medium;
import dev.nori.wal.crash.disk.CrashDisk;
import dev.nori.wal.crash.disk.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The changes of the library, and of its surroundings, that the loss of the disk's own cache shows. */
final class DiskMutants {
    private static final String LINUX_FILE = "dev/nori/wal/io/linux/LinuxFile.java";
    private static final String WRITER = "dev/nori/wal/flush/Writer.java";
    private static final String SEGMENT_WRITER = "dev/nori/wal/flush/SegmentWriter.java";
    private static final String FRAME_CURSOR = "dev/nori/wal/frame/FrameCursor.java";

    private static final String ALWAYS = "under Always nothing acknowledged is lost to a power cut";
    private static final int STATES = 10;
    private static final int SECTOR_BYTES = 512;

    private final Formatted formatted;

    DiskMutants(Formatted formatted) {
        this.formatted = formatted;
    }

    /**
     * Recordings, and states made of them, by a plan.
     *
     * @param attempts so many recordings, at most
     * @param plan for each
     * @param mountOptions what is asked of the file system besides
     * @param formatted where empty disks come from
     */
    private record DiskHunt(int attempts, DiskPlan plan, List<String> mountOptions, Formatted formatted)
            implements Hunt {
        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed)
                throws IOException, InterruptedException {
            return new DiskTrial(plan, classes, formatted.image(plan.medium()), mountOptions, directory, seed)
                    .run()
                    .wrong();
        }
    }

    /** The changes of the library, the plainest first. */
    List<Hunted> table() {
        DiskPlan oneByOne = plan(FileSystem.EXT4, AppendMode.SYNC, 1, Sizes.SMALL, Pace.LOCKSTEP);
        DiskPlan rolling = plan(FileSystem.EXT4, AppendMode.ASYNC, 2, Sizes.LARGE, Pace.FREE);
        // Each record takes several writes, so that only a sync of the file makes it durable.
        DiskPlan inPieces = plan(FileSystem.EXT4, AppendMode.SYNC, 1, Sizes.HUGE, 8, Pace.FREE);
        DiskPlan crowd = plan(FileSystem.EXT4, AppendMode.SYNC, 4, Sizes.VARIED, Pace.FREE);
        return List.of(
                new Hunted(
                        mutant("a direct write that syncs does not flush", LINUX_FILE, "Libc.RWF_DSYNC)", "0)", ALWAYS),
                        hunt(3, oneByOne)),
                new Hunted(
                        mutant(
                                "a frame counts without its checksum, torn",
                                FRAME_CURSOR,
                                "return checksum.finish((int) payloadBytes, word1, generation, position) == (int) word0;",
                                "return true;",
                                "never a record nobody appended"),
                        hunt(12, rolling)),
                new Hunted(
                        mutant(
                                "a sync of direct writes does not flush",
                                LINUX_FILE,
                                "answer = Libc.fdatasync(state, fd);",
                                "answer = 0;",
                                "what was acknowledged before a sync survives a power cut"),
                        hunt(3, inPieces)),
                new Hunted(
                        mutant(
                                "the last write of a sync is not to be durable",
                                SEGMENT_WRITER,
                                "if (alone) file.writeDurably(offset, blocks);",
                                "if (alone) file.write(offset, blocks);",
                                ALWAYS),
                        hunt(3, oneByOne)),
                new Hunted(
                        mutant(
                                "durable is said before the flush",
                                WRITER,
                                "drainTo(Math.max(committed, stage.staged()), true);",
                                "drainTo(Math.max(committed, stage.staged()), false); stage.durableTo(committed);",
                                ALWAYS),
                        hunt(6, crowd)));
    }

    /** File systems that do not flush the disk. */
    List<Canary> canaries() {
        return Stream.of(FileSystem.values())
                .filter(fileSystem -> !fileSystem.withoutBarriers().isEmpty())
                .filter(fileSystem -> CrashDisk.missing(fileSystem).isEmpty())
                .map(this::withoutBarriers)
                .toList();
    }

    private Canary withoutBarriers(FileSystem fileSystem) {
        DiskPlan plan = plan(fileSystem, AppendMode.SYNC, 1, Sizes.SMALL, Pace.LOCKSTEP);
        String option = fileSystem.withoutBarriers();
        return new Canary(
                fileSystem.type() + " mounted with " + option,
                ALWAYS,
                CrashDiskLevel.NAME,
                new DiskHunt(3, plan, List.of(option), formatted),
                hunt(3, plan));
    }

    private static Mutant mutant(String name, String file, String find, String replace, String breaks) {
        return Mutant.of(name, file, find, replace, breaks, CrashDiskLevel.NAME);
    }

    private Hunt hunt(int attempts, DiskPlan plan) {
        return new DiskHunt(attempts, plan, List.of(), formatted);
    }

    private static DiskPlan plan(FileSystem fileSystem, AppendMode mode, int threads, Sizes sizes, Pace pace) {
        return plan(fileSystem, mode, threads, sizes, 1, pace);
    }

    private static DiskPlan plan(
            FileSystem fileSystem, AppendMode mode, int threads, Sizes sizes, int segmentMiB, Pace pace) {
        Medium medium = new Medium(fileSystem, SECTOR_BYTES);
        return new DiskPlan(
                medium,
                FsyncPolicy.always(),
                IoMode.DIRECT,
                mode,
                threads,
                sizes,
                segmentMiB << 20,
                pace,
                STATES,
                Upkeep.NONE);
    }
}
