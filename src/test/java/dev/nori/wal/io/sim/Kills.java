package dev.nori.wal.io.sim;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Every disk a killed process can leave: only the calls it was in are open, each by the steps it had taken. */
final class Kills implements CrashStates {
    private final CrashPoint point;
    private final DiskState state;
    private final int[] parts;
    private final long legal;
    private final long limit;
    private final long seed;

    private Kills(CrashPoint point, DiskState state, long limit, long seed) {
        this.point = point;
        this.state = state;
        this.parts = state.partsInFlight();
        this.legal = Arrays.stream(parts).mapToLong(steps -> steps + 1L).reduce(1, Count::times);
        this.limit = limit;
        this.seed = seed;
    }

    static Kills of(CrashPoint point, DiskState present, long limit, long seed) {
        if (limit < 2) throw new IllegalArgumentException("limit must be >= 2: " + limit);
        return new Kills(point, present, limit, seed);
    }

    @Override
    public long count() {
        return Math.min(limit, legal);
    }

    @Override
    public long legal() {
        return legal;
    }

    @Override
    public SimDisk disk(long index) {
        Objects.checkIndex(index, count());
        synchronized (state) {
            return new SimDisk(state.killed(exhaustive() ? exact(index) : drawn(index)));
        }
    }

    @Override
    public @Nullable Fingerprint fingerprint(long index) {
        synchronized (state) {
            int[] taken = exhaustive() ? exact(index) : drawn(index);
            return (Arrays.stream(taken).sum() == 0 ? state : state.killed(taken)).fingerprint();
        }
    }

    @Override
    public String describe(long index) {
        return "kill at " + point + ", state " + index + " of " + count() + (exhaustive() ? "" : " drawn") + ", limit "
                + limit + ", seed " + seed;
    }

    private int[] exact(long index) {
        int[] taken = new int[parts.length];
        long rest = index;
        for (int i = 0; i < parts.length; i++) {
            taken[i] = (int) (rest % (parts[i] + 1));
            rest /= parts[i] + 1;
        }
        return taken;
    }

    private int[] drawn(long index) {
        if (index == 0) return new int[parts.length];
        if (index == 1) return parts.clone();
        SplittableRandom random = new SplittableRandom(seed ^ index * 0x9E3779B97F4A7C15L);
        return Arrays.stream(parts).map(steps -> random.nextInt(steps + 1)).toArray();
    }
}
