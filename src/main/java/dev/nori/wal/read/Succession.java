package dev.nori.wal.read;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the rooms of a log when its end is cut or all of it discarded: they are exchanged for others while readers are on them. A
 * reader looks here before each step, and again when a step failed. For any thread.
 */
public final class Succession {
    private static final long NAP_NANOS = 100_000;

    private volatile boolean begun;
    private volatile @Nullable Heir heir;

    /**
     * The rooms that follow.
     *
     * @param source of them
     * @param cut readers beyond this position have lost their place; -1 if all have
     * @param end where the log ended when it was cut: before the cut, if that was a segment's base, for what is appended next may begin there
     */
    record Heir(LogSource source, long cut, long end) {
        /** The rooms that are in use now, and the lowest cut and end since. */
        Heir last() {
            Heir last = this;
            while (last.source.succession().hasBegun()) {
                Heir next = last.source.succession().await(last.source);
                last = new Heir(next.source, Math.min(last.cut, next.cut), Math.min(last.end, next.end));
            }
            return last;
        }
    }

    /** Rooms that are in use. */
    public Succession() {}

    /** From here on what is read may be changing. */
    public void begin() {
        begun = true;
    }

    /** The new rooms are ready. */
    public void end(LogSource source, long cut, long end) {
        heir = new Heir(source, cut, end);
    }

    /** Whether the rooms were left, or are being left. */
    boolean hasBegun() {
        return begun;
    }

    /** Waits for the new rooms. */
    Heir await(LogSource old) {
        for (Heir next = heir; ; next = heir) {
            if (next != null) return next;
            old.checkOpen();
            old.stage().failure().check(); // they will never be ready
            LockSupport.parkNanos(NAP_NANOS);
        }
    }
}
