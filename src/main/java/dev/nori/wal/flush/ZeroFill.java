package dev.nori.wal.flush;

import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Zeros;

/**
 * Writes a new file once with zeros, so that later syncs of it change no metadata. A piece at a time and without haste, because a sync of
 * the log has to wait for what the device still has to do: twice as fast as the log grows, so that the file is ready before it is needed,
 * and never slower than 16 MiB a second. {@code docs/decisions/0012} has the figures.
 */
final class ZeroFill {
    /** How long to rest between two looks at what is due. */
    static final long TICK_NANOS = 16_000_000;

    private static final long BYTES_PER_TICK = 256 << 10;
    private static final int LOG_FACTOR = 2;
    private static final long PIECE_BYTES = 1 << 20;

    private final LogFile file;
    private final long bytes;
    private final long beganNanos;
    private final long logEndThen;
    private long filled;

    /**
     * Begins at the start of a file.
     *
     * @param bytes how many are to be written, whole blocks
     * @param nanos the time
     * @param logEnd the end of the log
     */
    ZeroFill(LogFile file, long bytes, long nanos, long logEnd) {
        this.file = file;
        this.bytes = bytes;
        this.beganNanos = nanos;
        this.logEndThen = logEnd;
    }

    boolean isDone() {
        return filled == bytes;
    }

    /** Whether the zeros lag behind, now that the log ends there. */
    boolean isDue(long nanos, long logEnd) {
        return !isDone() && lag(nanos, logEnd) >= BYTES_PER_TICK;
    }

    private long lag(long nanos, long logEnd) {
        long ticks = (nanos - beganNanos) / TICK_NANOS;
        return PIECE_BYTES + ticks * BYTES_PER_TICK + LOG_FACTOR * (logEnd - logEndThen) - filled;
    }

    /** Writes what they lag behind, a piece at most. */
    void catchUp(long nanos, long logEnd) throws IoFailure {
        write(FrameLayout.blockFloor(lag(nanos, logEnd)));
    }

    /** Writes a piece whether it is due or not, for somebody waits. */
    void hurry() throws IoFailure {
        write(PIECE_BYTES);
    }

    private void write(long wanted) throws IoFailure {
        long end = filled + Math.min(Math.min(wanted, PIECE_BYTES), bytes - filled);
        Zeros.write(file, filled, end);
        filled = end;
    }
}
