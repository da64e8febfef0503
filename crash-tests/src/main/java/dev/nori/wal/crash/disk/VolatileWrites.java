package dev.nori.wal.crash.disk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The writes that no flush had covered when the power went, in order, and what may become of them.
 *
 * <p>A write is a row of fragments, one for each unit that it touches; a unit is written whole or not at all. Each
 * {@code keep} method applies the fragments that survive to the durable contents and gives the number of units touched.
 */
final class VolatileWrites {
    private record Fragment(long unit, DiskEvent.Write write, int from, int length) {
        void applyTo(PageTable pages) {
            pages.write(write.offsetBytes() + from, write.data(), from, length);
        }
    }

    private final List<List<Fragment>> writes = new ArrayList<>();
    private final Map<Long, Integer> versions = new LinkedHashMap<>();

    VolatileWrites(List<DiskEvent.Write> events, Tearing tearing) {
        for (DiskEvent.Write event : events) {
            List<Fragment> fragments = split(event, tearing);
            writes.add(fragments);
            for (Fragment fragment : fragments) versions.merge(fragment.unit, 1, Integer::sum);
        }
    }

    private static List<Fragment> split(DiskEvent.Write write, Tearing tearing) {
        List<Fragment> fragments = new ArrayList<>();
        int done = 0;
        while (done < write.length()) {
            long offsetBytes = write.offsetBytes() + done;
            long room = tearing.unitEnd(offsetBytes) - offsetBytes;
            int length = (int) Math.min(room, write.length() - done);
            fragments.add(new Fragment(tearing.unitStart(offsetBytes), write, done, length));
            done += length;
        }
        return fragments;
    }

    int unitCount() {
        return versions.size();
    }

    int keepAll(PageTable pages) {
        return keepVersions(pages, versions);
    }

    int keepSomeWrites(PageTable pages, SplittableRandom random) {
        double probability = random.nextDouble();
        Set<Long> touched = new HashSet<>();
        for (List<Fragment> write : writes) {
            if (random.nextDouble() < probability) apply(write, pages, touched);
        }
        return touched.size();
    }

    int keepSomeUnits(PageTable pages, SplittableRandom random) {
        double probability = random.nextDouble();
        Map<Long, Integer> kept = new LinkedHashMap<>();
        versions.forEach((unit, count) -> kept.put(unit, random.nextDouble() < probability ? count : 0));
        return keepVersions(pages, kept);
    }

    int keepAnyVersion(PageTable pages, SplittableRandom random) {
        Map<Long, Integer> kept = new LinkedHashMap<>();
        versions.forEach((unit, count) -> kept.put(unit, random.nextInt(count + 1)));
        return keepVersions(pages, kept);
    }

    int keepTornPrefix(PageTable pages, SplittableRandom random) {
        if (writes.isEmpty()) return 0;
        int tornIndex = random.nextInt(writes.size());
        List<Fragment> torn = writes.get(tornIndex);
        Set<Long> touched = new HashSet<>();
        for (List<Fragment> write : writes.subList(0, tornIndex)) apply(write, pages, touched);
        apply(torn.subList(0, random.nextInt(torn.size() + 1)), pages, touched);
        return touched.size();
    }

    // Of each unit, its first n versions are applied one over the other, and its later ones lost.
    private int keepVersions(PageTable pages, Map<Long, Integer> keptPerUnit) {
        Map<Long, Integer> seen = new LinkedHashMap<>();
        Set<Long> touched = new HashSet<>();
        for (List<Fragment> write : writes) {
            for (Fragment fragment : write) {
                int version = seen.merge(fragment.unit, 1, Integer::sum);
                if (version <= keptPerUnit.getOrDefault(fragment.unit, 0)) apply(List.of(fragment), pages, touched);
            }
        }
        return touched.size();
    }

    private static void apply(List<Fragment> fragments, PageTable pages, Set<Long> touched) {
        for (Fragment fragment : fragments) {
            fragment.applyTo(pages);
            touched.add(fragment.unit);
        }
    }
}
