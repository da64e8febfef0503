package dev.nori.wal;

import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log: hands out what is there, and waits for what comes. Sleeps in between; any number of tails may wait, on
 * platform and on virtual threads.
 *
 * <pre>{@code
 * try (WalTail tail = wal.tail(from)) {
 *     for (LogEntry entry : tail) replica.apply(entry);
 * }
 * }</pre>
 *
 * <p>For one thread at a time; {@link #close} may be called by any, and ends the wait of another. The entries own their memory and
 * stay valid. Every method that reads throws what {@link WalCursor#next} and {@link WalCursor#await} do, and loses nothing by
 * that: the tail stays where it is.
 */
public interface WalTail extends Iterable<LogEntry>, AutoCloseable {
    /**
     * The next entry, once there is one.
     *
     * @throws InterruptedException if the thread is interrupted while it would have to wait
     */
    LogEntry take() throws InterruptedException;

    /**
     * The next entry, or null if there is none in time.
     *
     * @param atMost zero only looks
     * @throws InterruptedException if the thread is interrupted while it would have to wait
     */
    @Nullable LogEntry poll(Duration atMost) throws InterruptedException;

    /** Where the next entry is looked for: {@link LogEntry#next} of the last one, or where the tail began. */
    Position position();

    /**
     * The entries from here on, without an end: waits for each. An interrupt ends it, and the thread keeps its flag. Shares this
     * tail's place.
     */
    @Override
    Iterator<LogEntry> iterator();

    /** Gives back the file handle; a thread that waits here gets {@link WalException.Closed}. Idempotent. */
    @Override
    void close();
}
