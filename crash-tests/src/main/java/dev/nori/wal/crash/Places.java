package dev.nori.wal.crash;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Places where a log may be cut or a checkpoint noted: those where it was seen to end. For one thread. */
final class Places {
    private static final int MOST = 16;

    private final List<Long> ends = new ArrayList<>();

    static Position at(long bytes) {
        return new Position(bytes);
    }

    /** One that the log still has; often its end as it is now. */
    long any(Wal wal, SplittableRandom random) {
        long first = wal.firstPosition().bytes();
        ends.removeIf(end -> end < first);
        long now = wal.endPosition().bytes();
        if (ends.isEmpty() || ends.getLast() < now) ends.add(now);
        if (ends.size() > MOST) ends.removeFirst();
        return random.nextInt(3) == 0 ? now : ends.get(random.nextInt(ends.size()));
    }

    /** The log was cut there. */
    void cutAt(long position) {
        ends.removeIf(end -> end > position);
    }
}
