package dev.nori.wal.handoff;

import java.util.function.LongSupplier;

/**
 * The time for records. To ask the system for it can take as long as the rest of a small append (50 of 120 ns where it was measured), so it
 * stands still while the writer writes a piece: that is nearly always where many appends a second are made, and for about as long as a
 * millisecond. One thread stops it, any thread asks.
 */
public final class StoppableClock implements LongSupplier {
    private static final long GOING = Long.MIN_VALUE;

    private final LongSupplier millis;
    private volatile long stoppedAt = GOING;

    /** A clock that shows what the other one does. */
    public StoppableClock(LongSupplier millis) {
        this.millis = millis;
    }

    /** Milliseconds since 1970, now or when the clock was stopped. */
    @Override
    public long getAsLong() {
        long stopped = stoppedAt;
        return stopped == GOING ? millis.getAsLong() : stopped;
    }

    /** From here on it shows the time at which it was stopped. */
    public void stop() {
        stoppedAt = millis.getAsLong();
    }

    /** It goes again. */
    public void go() {
        stoppedAt = GOING;
    }
}
