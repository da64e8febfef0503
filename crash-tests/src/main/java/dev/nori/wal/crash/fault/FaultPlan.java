package dev.nori.wal.crash.fault;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.WalConfig;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Policies;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.disk.Fault;
import dev.nori.wal.crash.disk.FileSystem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One log and what goes wrong beneath it.
 *
 * @param fileSystem that carries it
 * @param threads that append
 * @param fault of the device, counted from the moment when the log is in use
 * @param ending what happens then
 */
record FaultPlan(
        FileSystem fileSystem,
        FsyncPolicy policy,
        IoMode io,
        AppendMode mode,
        int threads,
        Sizes sizes,
        long segmentBytes,
        Fault fault,
        Ending ending) {
    private static final List<FsyncPolicy> POLICIES = List.of(
            FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.always(), FsyncPolicy.os());
    private static final List<IoMode> ENGINES = List.of(IoMode.BUFFERED, IoMode.DIRECT, IoMode.NIO);
    private static final int MAX_THREADS = 4;
    private static final int LATEST_REQUEST = 60;

    /** File systems in turn, for each the ways to end; the rest by chance. */
    static FaultPlan ofTrial(List<FileSystem> fileSystems, long seed, int trial) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, trial));
        AppendMode[] modes = AppendMode.values();
        int turn = trial / fileSystems.size();
        return new FaultPlan(
                fileSystems.get(trial % fileSystems.size()),
                POLICIES.get(random.nextInt(POLICIES.size())),
                ENGINES.get(random.nextInt(ENGINES.size())),
                modes[random.nextInt(modes.length)],
                1 + random.nextInt(MAX_THREADS),
                random.nextInt(3) == 0 ? Sizes.SMALL : Sizes.VARIED,
                WalConfig.MIN_SEGMENT_BYTES << random.nextInt(3),
                fault(random),
                Ending.values()[turn % Ending.values().length]);
    }

    private static Fault fault(SplittableRandom random) {
        return new Fault(
                random.nextBoolean() ? Fault.Target.WRITE : Fault.Target.FLUSH,
                1 + random.nextInt(1 + random.nextInt(LATEST_REQUEST)),
                random.nextInt(3) == 0 ? Fault.Extent.FOR_GOOD : Fault.Extent.ONCE);
    }

    /** The same with the fault at another request. */
    FaultPlan failingAt(long nth) {
        Fault other = new Fault(fault.target(), nth, fault.extent());
        return new FaultPlan(fileSystem, policy, io, mode, threads, sizes, segmentBytes, other, ending);
    }

    Cell cell() {
        String target = fault.target().name().toLowerCase(Locale.ROOT);
        String extent = fault.extent() == Fault.Extent.ONCE ? "once" : "for good";
        String mode = ending == Ending.SLOW ? "slow " + target : target + " " + extent;
        return new Cell(FaultLevel.NAME, fileSystem.type(), policy, io, mode);
    }

    /** In words. */
    @Override
    public String toString() {
        return "%s %s %s %s, %d threads, %s values, segments of %d MiB, %s %d fails %s, %s"
                .formatted(
                        fileSystem.type(),
                        Policies.inWords(policy),
                        io,
                        mode,
                        threads,
                        sizes,
                        segmentBytes >> 20,
                        fault.target(),
                        fault.nth(),
                        fault.extent(),
                        ending);
    }
}
