package dev.nori.wal.crash.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where to cut a recording again after the fact.
 *
 * <p>The power went at its end; but the log knows what every earlier moment would have left behind, and most bugs show
 * right after an acknowledgement. So: the end itself, then in turn a point just behind an acknowledgement and any
 * point.
 */
public final class CutPoints {
    private CutPoints() {}

    /** {@code count} cut points, the same for the same log and seed. */
    public static List<Integer> choose(DiskLog log, long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> behindMarks = behindMarks(log);
        List<Integer> points = new ArrayList<>();
        points.add(log.size());
        while (points.size() < count) {
            boolean anywhere = points.size() % 2 == 0 || behindMarks.isEmpty();
            points.add(anywhere ? random.nextInt(log.size() + 1) : behindMarks.get(random.nextInt(behindMarks.size())));
        }
        return points;
    }

    private static List<Integer> behindMarks(DiskLog log) {
        List<Integer> points = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            if (log.events().get(i) instanceof DiskEvent.Mark) points.add(i + 1);
        }
        return points;
    }
}
