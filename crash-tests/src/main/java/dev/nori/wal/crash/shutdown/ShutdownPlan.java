package dev.nori.wal.crash.shutdown;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.WalConfig;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Policies;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.Upkeep;
import dev.nori.wal.crash.disk.FileSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What is done to one log: opened, taken down with its file system, opened, and so on.
 *
 * @param threads that append
 * @param moments one for each life of a process
 * @param upkeep what each of them does to the log beside appending
 */
record ShutdownPlan(
        FileSystem fileSystem,
        FsyncPolicy policy,
        IoMode io,
        AppendMode mode,
        int threads,
        Sizes sizes,
        long segmentBytes,
        List<Moment> moments,
        Set<Upkeep> upkeep) {
    private static final List<FsyncPolicy> POLICIES =
            List.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os());
    private static final List<IoMode> ENGINES = List.of(IoMode.DIRECT, IoMode.BUFFERED, IoMode.NIO);
    private static final int MAX_THREADS = 4;
    private static final int CUTS = 5;

    /** How many cells one file system has. */
    static final int CELLS = POLICIES.size() * ENGINES.size();

    /** The plan of a trial; neighbours differ in the file system. */
    static ShutdownPlan ofTrial(List<FileSystem> fileSystems, long seed, int trial) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, trial));
        int cell = trial / fileSystems.size() % CELLS;
        // Every other one, on one file system or the other; the others in the next round.
        boolean kept = (cell + trial % fileSystems.size() + trial / fileSystems.size() / CELLS) % 2 == 1;
        AppendMode[] modes = AppendMode.values();
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < CUTS; i++) moments.add(moment(random));
        return new ShutdownPlan(
                fileSystems.get(trial % fileSystems.size()),
                POLICIES.get(cell % POLICIES.size()),
                ENGINES.get(cell / POLICIES.size()),
                modes[random.nextInt(modes.length)],
                1 + random.nextInt(MAX_THREADS),
                random.nextInt(3) == 0 ? Sizes.SMALL : Sizes.VARIED,
                WalConfig.MIN_SEGMENT_BYTES << random.nextInt(kept ? 1 : 3), // whole segments are to go
                moments,
                kept ? Upkeep.ALL : Upkeep.NONE);
    }

    private static Moment moment(SplittableRandom random) {
        int dice = random.nextInt(100);
        if (dice < 30) return Moment.RANDOM;
        if (dice < 56) return Moment.AFTER_ACK;
        if (dice < 66) return Moment.OPENING;
        if (dice < 72) return Moment.IDLE;
        if (dice < 77) return Moment.LATE;
        if (dice < 84) return Moment.LISTED;
        if (dice < 89) return Moment.CLOSED;
        return Moment.KILLED;
    }

    Cell cell(Moment moment) {
        String cut = moment == Moment.AFTER_ACK ? "after an ack" : "any time";
        String how = upkeep.isEmpty() ? cut : cut + "+upkeep";
        return new Cell(ShutdownLevel.NAME, fileSystem.type(), policy, io, how);
    }

    /** In words. */
    @Override
    public String toString() {
        return "%s %s %s %s, %d threads, %s values, segments of %d MiB, cut %s, upkeep %s"
                .formatted(
                        fileSystem.type(),
                        Policies.inWords(policy),
                        io,
                        mode,
                        threads,
                        sizes,
                        segmentBytes >> 20,
                        moments,
                        upkeep);
    }
}
