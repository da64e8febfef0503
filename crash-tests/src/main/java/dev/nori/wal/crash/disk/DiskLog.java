package dev.nori.wal.crash.disk;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a disk did from {@code start} on, event by event. Never changes.
 *
 * <p>A <em>cut point</em> is a count of events, from 0 to {@link #size()}: the power went when exactly these had
 * happened. A write in flight at that moment needs no case of its own: cutting just behind it makes it one of
 * the volatile ones, which may be kept, lost or torn.
 *
 * <p>A flush covers the writes that had completed before it was submitted. The kernel sees to it: it holds the
 * inode's lock through each direct write to the disk's file and through each fsync, so a flush is never under way
 * together with a write. A race between the two inside the program under test is therefore not seen here.
 *
 * @param start the contents before the first event, all of it on stable storage
 * @param events what happened, in order
 */
public record DiskLog(DiskImage start, List<DiskEvent> events) {
    public DiskLog {
        events = List.copyOf(events);
    }

    /** The number of events, which is the last cut point. */
    public int size() {
        return events.size();
    }

    /**
     * How many of the events before the cut point are on stable storage: those up to its last flush, that included.
     *
     * @param cutPoint 0 to {@link #size()}
     */
    public int durableBefore(int cutPoint) {
        checkCutPoint(cutPoint);
        for (int i = cutPoint; i > 0; i--) {
            if (events.get(i - 1) instanceof DiskEvent.Flush) return i;
        }
        return 0;
    }

    /** The label of the last mark before the cut point; nothing if there is none. */
    public OptionalLong markBefore(int cutPoint) {
        checkCutPoint(cutPoint);
        for (int i = cutPoint; i > 0; i--) {
            if (events.get(i - 1) instanceof DiskEvent.Mark mark) return OptionalLong.of(mark.label());
        }
        return OptionalLong.empty();
    }

    private void checkCutPoint(int cutPoint) {
        if (cutPoint < 0 || cutPoint > size()) {
            throw new IllegalArgumentException("cut point must be 0 to " + size() + ": " + cutPoint);
        }
    }
}
