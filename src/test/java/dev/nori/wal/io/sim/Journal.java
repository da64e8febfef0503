package dev.nori.wal.io.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a disk, from its creation or the last {@link #restart}: enough to stand at any moment of it
 * again. Reads are not part of it, they change nothing.
 *
 * <p>What was stored into mapped memory since the last event is not in it yet; {@link SimDisk#note} takes it in.
 *
 * <p>Walking the points forwards costs one step each; a step back replays from the start. Safe to use while
 * the disk is running.
 */
public final class Journal {
    private final Object lock;
    private final DiskState live;
    private final List<Event> events = new ArrayList<>();
    private @Nullable DiskState base;
    private @Nullable DiskState cursor;
    private int cursorEvents;
    private boolean stopped;

    /**
     * @param lock the disk's
     * @param live the disk's state, which moves on by itself
     */
    Journal(Object lock, DiskState live) {
        this.lock = lock;
        this.live = live;
    }

    /** How many events there were. A call is two of them, its begin and its end. */
    public int size() {
        synchronized (lock) {
            return events.size();
        }
    }

    /** Every moment at which the machine or the process can be cut off: before, between and after the events. */
    public List<CrashPoint> points() {
        List<CrashPoint> points = new ArrayList<>();
        for (int i = 0; i <= size(); i++) points.add(point(i));
        return points;
    }

    /** The moment after that many events. */
    public CrashPoint point(int events) {
        int size = size();
        if (events < 0 || events > size) throw new IllegalArgumentException(events + " not in 0 to " + size);
        return new CrashPoint(this, events);
    }

    /** The moment after the last event. */
    public CrashPoint last() {
        return point(size());
    }

    /** Forgets what happened; the first point is now. For runs that explore no crash of their beginning. */
    public void restart() {
        synchronized (lock) {
            events.clear();
            base = null;
            cursor = null;
        }
    }

    /** Writes nothing down from now on. For runs that explore no crash at all. */
    public void stop() {
        synchronized (lock) {
            restart();
            stopped = true;
        }
    }

    /** To be called before the live state applies the event. */
    void add(Event event) {
        if (stopped) return;
        if (base == null) base = live.copy();
        events.add(event);
    }

    /** A state of one's own as of the point. */
    DiskState stateAt(int point) {
        synchronized (lock) {
            if (base == null) return live.copy();
            if (cursor == null || cursorEvents > point) {
                cursor = base.copy();
                cursorEvents = 0;
            }
            while (cursorEvents < point) cursor.apply(events.get(cursorEvents++));
            return cursor.copy();
        }
    }

    /** The newest note of that type that had been taken by the point. */
    <T> Optional<T> lastNote(int point, Class<T> type) {
        synchronized (lock) {
            for (int i = point - 1; i >= 0; i--) {
                if (events.get(i).op() instanceof Op.Note note && type.isInstance(note.value())) {
                    return Optional.of(type.cast(note.value()));
                }
            }
            return Optional.empty();
        }
    }

    /** What happened just before the point, and what is under way. */
    String describe(int point) {
        synchronized (lock) {
            if (point == 0) return "before everything";
            Event event = events.get(point - 1);
            return (event.phase() == Event.Phase.BEGIN ? "within " : "after ") + event.op();
        }
    }

    Optional<Op> opAt(int point) {
        synchronized (lock) {
            return point == 0
                    ? Optional.empty()
                    : Optional.of(events.get(point - 1).op());
        }
    }
}
