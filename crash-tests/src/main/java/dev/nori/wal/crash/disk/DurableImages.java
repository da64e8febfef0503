package dev.nori.wal.crash.disk;

import java.util.Map;
import java.util.TreeMap;

/**
 * The contents of a disk after any number of a log's events, all writes kept.
 *
 * <p>Remembers an image every {@value #STRIDE_EVENTS} events that it passed, so that neither a walk forward nor a
 * jump back replays the log from its start.
 */
final class DurableImages {
    private static final int STRIDE_EVENTS = 512;

    private final DiskLog log;
    private final TreeMap<Integer, DiskImage> known = new TreeMap<>();
    private int lastCount = -1;
    private DiskImage last;

    DurableImages(DiskLog log) {
        this.log = log;
        this.last = log.start();
        known.put(0, log.start());
    }

    /** The contents once the first {@code eventCount} events have happened. */
    DiskImage after(int eventCount) {
        if (eventCount == lastCount) return last;
        Map.Entry<Integer, DiskImage> floor = known.floorEntry(eventCount);
        boolean lastIsNearer = lastCount > floor.getKey() && lastCount < eventCount;
        int from = lastIsNearer ? lastCount : floor.getKey();
        last = replay(lastIsNearer ? last : floor.getValue(), from, eventCount);
        lastCount = eventCount;
        return last;
    }

    private DiskImage replay(DiskImage start, int from, int to) {
        PageTable pages = new PageTable(start);
        for (int i = from; i < to; i++) {
            if (log.events().get(i) instanceof DiskEvent.Write write) {
                pages.write(write.offsetBytes(), write.data(), 0, write.length());
            }
            int count = i + 1;
            if (count % STRIDE_EVENTS == 0) known.computeIfAbsent(count, absent -> pages.freeze());
        }
        return pages.freeze();
    }
}
