package dev.nori.wal.crash.kill;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.WalConfig;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Policies;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What is done to one log: opened, killed, opened, killed, and so on.
 *
 * @param threads that append
 * @param sizes of the values, but when the moment asks for others
 * @param moments one for each life of a process
 * @param upkeep what each of them does to the log beside appending
 */
record KillPlan(
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
    private static final AppendMode[] MODES = AppendMode.values();
    private static final int KILLS = 5;
    private static final int MAX_THREADS = 8;

    /** Policies × engines × modes. */
    static final int CELLS = POLICIES.size() * ENGINES.size() * MODES.length;

    /** The plan of a trial; its cell comes round every {@link #CELLS} trials. */
    static KillPlan ofTrial(long seed, int trial) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, trial));
        int cell = trial % CELLS;
        // Of the modes under one policy on one engine every other one; the others in the next round.
        boolean kept = (cell / MODES.length + cell % MODES.length + trial / CELLS) % 2 == 1;
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) moments.add(moment(random));
        return new KillPlan(
                POLICIES.get(cell / MODES.length / ENGINES.size()),
                ENGINES.get(cell / MODES.length % ENGINES.size()),
                MODES[cell % MODES.length],
                1 + random.nextInt(MAX_THREADS),
                random.nextInt(4) == 0 ? Sizes.SMALL : Sizes.VARIED,
                segmentBytes(MODES[cell % MODES.length], kept, random),
                moments,
                kept ? Upkeep.ALL : Upkeep.NONE);
    }

    /** The largest batch of large records fits; where whole segments are to go, they are as small as can be. */
    private static long segmentBytes(AppendMode mode, boolean kept, SplittableRandom random) {
        boolean batches = mode == AppendMode.BATCH || mode == AppendMode.MIXED;
        int smallest = batches ? 1 : 0;
        return WalConfig.MIN_SEGMENT_BYTES << (kept ? smallest : random.nextInt(smallest, 3));
    }

    private static Moment moment(SplittableRandom random) {
        int dice = random.nextInt(100);
        if (dice < 30) return Moment.RANDOM;
        if (dice < 50) return Moment.AFTER_ACK;
        if (dice < 65) return Moment.ROLL;
        if (dice < 85) return Moment.OPENING;
        if (dice < 96) return Moment.CLOSING;
        return Moment.SECOND_OPENER;
    }

    Cell cell(String fileSystem) {
        String name = mode.name().toLowerCase(Locale.ROOT);
        return new Cell(KillLevel.NAME, fileSystem, policy, io, upkeep.isEmpty() ? name : name + "+upkeep");
    }

    /** In words. */
    @Override
    public String toString() {
        return "%s %s %s, %d threads, %s values, segments of %d MiB, killed %s, upkeep %s"
                .formatted(Policies.inWords(policy), io, mode, threads, sizes, segmentBytes >> 20, moments, upkeep);
    }
}
