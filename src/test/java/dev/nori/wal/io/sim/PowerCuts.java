package dev.nori.wal.io.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every legal disk after a power cut: a directory, and for each file it still names one of its images. A file
 * that lost its name is gone with its data, so its images do not multiply anything.
 */
final class PowerCuts implements CrashStates {
    private final CrashPoint point;
    private final DiskState state;
    private final long limit;
    private final long seed;
    private final Map<Integer, FileImages> files = new ConcurrentHashMap<>();
    /** Empty if there are more than the limit. */
    private final List<NavigableMap<String, Integer>> directories;
    /** {@code ends[n]}: states of the first n+1 directories together. */
    private final long[] ends;

    private PowerCuts(CrashPoint point, DiskState state, long limit, long seed) {
        this.point = point;
        this.state = state;
        this.limit = limit;
        this.seed = seed;
        this.directories = state.directory.survivors(limit);
        this.ends = ends(directories);
    }

    static PowerCuts of(CrashPoint point, DiskState present, long limit, long seed) {
        if (limit < 2) throw new IllegalArgumentException("limit must be >= 2: " + limit);
        return new PowerCuts(point, present.withUnfinishedCalls(), limit, seed);
    }

    @Override
    public long count() {
        return Math.min(limit, legal());
    }

    @Override
    public long legal() {
        return directories.isEmpty() ? Long.MAX_VALUE : ends[ends.length - 1];
    }

    @Override
    public SimDisk disk(long index) {
        Objects.checkIndex(index, count());
        return exhaustive() ? exact(index) : drawn(chooser(index));
    }

    @Override
    public @Nullable Fingerprint fingerprint(long index) {
        if (state.options.capacityBytes() < SimOptions.UNLIMITED_BYTES) return null;
        if (!exhaustive()) return drawnFingerprint(chooser(index));
        int which = directoryOf(index);
        long rest = index - (which == 0 ? 0 : ends[which - 1]);
        Fingerprint sum = Fingerprint.ZERO;
        Map<Integer, Fingerprint> images = new HashMap<>(); // a file may have two names
        for (Map.Entry<String, Integer> entry : directories.get(which).entrySet()) {
            int id = entry.getValue();
            Fingerprint image = images.get(id);
            if (image == null) {
                FileImages file = file(id);
                image = file.fingerprint(rest % file.count());
                rest /= file.count();
                if (image == null) return null;
                images.put(id, image);
            }
            sum = sum.plus(image.at(entry.getKey().hashCode()));
        }
        return sum;
    }

    private @Nullable Fingerprint drawnFingerprint(Chooser chooser) {
        NavigableMap<String, Integer> names = state.directory.survivor(chooser::keeps);
        Fingerprint sum = Fingerprint.ZERO;
        Map<Integer, Fingerprint> images = new HashMap<>();
        for (Map.Entry<String, Integer> entry : names.entrySet()) {
            int id = entry.getValue();
            Fingerprint image = images.get(id);
            if (image == null) {
                image = file(id).fingerprint(chooser);
                if (image == null) return null;
                images.put(id, image);
            }
            sum = sum.plus(image.at(entry.getKey().hashCode()));
        }
        return sum;
    }

    @Override
    public String describe(long index) {
        return "power cut at " + point + ", state " + index + " of " + count() + (exhaustive() ? "" : " drawn")
                + ", limit " + limit + ", seed " + seed;
    }

    private SimDisk exact(long index) {
        int which = directoryOf(index);
        NavigableMap<String, Integer> names = directories.get(which);
        long rest = index - (which == 0 ? 0 : ends[which - 1]);
        List<Inode> images = new ArrayList<>();
        for (int id : names.values().stream().distinct().toList()) {
            FileImages file = file(id);
            images.add(file.at(rest % file.count()));
            rest /= file.count();
        }
        return disk(names, images);
    }

    private int directoryOf(long index) {
        int which = Arrays.binarySearch(ends, index);
        which = which >= 0 ? which + 1 : -which - 1;
        while (which > 0 && ends[which - 1] > index) which--;
        return which;
    }

    private SimDisk drawn(Chooser chooser) {
        NavigableMap<String, Integer> names = state.directory.survivor(chooser::keeps);
        List<Inode> images = new ArrayList<>();
        for (int id : names.values().stream().distinct().toList()) images.add(file(id).pick(chooser));
        return disk(names, images);
    }

    private Chooser chooser(long index) {
        if (index == 0) return Chooser.none();
        if (index == 1) return Chooser.all();
        long mixed = (seed * 0x9E3779B97F4A7C15L + point.events()) * 0xBF58476D1CE4E5B9L + index;
        return Chooser.random(new SplittableRandom(mixed), 0, state.now());
    }

    private SimDisk disk(NavigableMap<String, Integer> names, List<Inode> images) {
        Directory directory = new Directory(state.options.renames(), names);
        return new SimDisk(new DiskState(state.options, state.pool, directory, images));
    }

    private long[] ends(List<NavigableMap<String, Integer>> directories) {
        long[] ends = new long[directories.size()];
        long sum = 0;
        for (int i = 0; i < ends.length; i++) {
            long ways = 1;
            for (int id : directories.get(i).values().stream().distinct().toList()) {
                ways = Count.times(ways, file(id).count());
            }
            sum = Count.plus(sum, ways);
            ends[i] = sum;
        }
        return ends;
    }

    private FileImages file(int id) {
        return files.computeIfAbsent(id, key -> new FileImages(state.known(id), state.options));
    }
}
