package dev.nori.wal.crash.device;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.WalConfig;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Policies;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.Upkeep;
import dev.nori.wal.crash.Workload.Pace;
import dev.nori.wal.crash.device.Formatted.Medium;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One recording, and the states that are made of it: a worker appends and is killed, a second one recovers, appends on,
 * and meets the cut.
 *
 * @param threads that append
 * @param pace of both workers
 * @param states that are mounted and recovered
 * @param upkeep what both workers do to the log beside appending
 */
record DiskPlan(
        Medium medium,
        FsyncPolicy policy,
        IoMode io,
        AppendMode mode,
        int threads,
        Sizes sizes,
        long segmentBytes,
        Pace pace,
        int states,
        Set<Upkeep> upkeep) {
    private static final List<FsyncPolicy> POLICIES =
            List.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os());
    private static final List<IoMode> ENGINES = List.of(IoMode.DIRECT, IoMode.BUFFERED, IoMode.NIO);
    private static final int MAX_THREADS = 4;
    private static final int STATES = 12;

    /** How many cells one medium has. */
    static final int CELLS = POLICIES.size() * ENGINES.size();

    /** The plan of a trial; neighbours differ in the medium. */
    static DiskPlan ofTrial(List<Medium> media, long seed, int trial) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, trial));
        int cell = trial / media.size() % CELLS;
        // Every other one, on one medium or the next; the others in the next round.
        boolean kept = (cell + trial % media.size() + trial / media.size() / CELLS) % 2 == 1;
        AppendMode[] modes = AppendMode.values();
        return new DiskPlan(
                media.get(trial % media.size()),
                POLICIES.get(cell % POLICIES.size()),
                ENGINES.get(cell / POLICIES.size()),
                modes[random.nextInt(modes.length)],
                1 + random.nextInt(MAX_THREADS),
                random.nextInt(3) == 0 ? Sizes.SMALL : Sizes.VARIED,
                WalConfig.MIN_SEGMENT_BYTES << random.nextInt(kept ? 1 : 3), // whole segments are to go
                random.nextInt(3) == 0 ? Pace.LOCKSTEP : Pace.FREE,
                STATES,
                kept ? Upkeep.ALL : Upkeep.NONE);
    }

    /** The same under another policy. */
    DiskPlan under(FsyncPolicy other) {
        return new DiskPlan(medium, other, io, mode, threads, sizes, segmentBytes, pace, states, upkeep);
    }

    Cell cell(String cut) {
        String how = upkeep.isEmpty() ? cut : cut + "+upkeep";
        return new Cell(CrashDiskLevel.NAME, medium.toString(), policy, io, how);
    }

    /** In words. */
    @Override
    public String toString() {
        return "%s %s %s %s %s, %d threads, %s values, segments of %d MiB, upkeep %s"
                .formatted(
                        medium, Policies.inWords(policy), io, mode, pace, threads, sizes, segmentBytes >> 20, upkeep);
    }
}
