package dev.nori.wal;

import java.time.Duration;

/**
 * The fast way to read: goes forward through the log, across segments, and shows each record where it stands. Going on costs no
 * memory, however many records there are.
 *
 * <pre>{@code
 * try (WalCursor cursor = wal.cursor(from)) {
 *     while (cursor.next()) bytes += cursor.value().byteSize();
 * }
 * }</pre>
 *
 * <p>For one thread at a time; {@link #close} may be called by any. The view is good until the next call of {@link #next},
 * {@link #await} or {@link #close}; without a record to show, each of its methods but {@link #nextPositionBytes} throws
 * {@link IllegalStateException}. Holds a file handle and, outside the heap, 256 KiB or the largest record it met.
 */
public interface WalCursor extends EntryView, AutoCloseable {
    /**
     * Goes on to the next record; false at the end of what this cursor may see: ask again later, or {@link #await} more.
     *
     * @throws WalException.Corrupt if bytes that had been accepted are damaged; the cursor stays before them
     * @throws WalException.Unsupported if a later version wrote them; the cursor stays before them
     * @throws WalException.CannotRead if the file system does not give them; the cursor stays before them
     * @throws WalException.Truncated if the log was trimmed past this cursor
     * @throws WalException.Closed if the log or this cursor was closed
     */
    boolean next();

    /**
     * Waits until {@link #next} has a record to show, at most for a while. Sleeps without looking again and again; any number of
     * threads may wait, virtual ones too.
     *
     * <p>The end of the log is not moved by waiting: who waits for what is {@link ReadBound#DURABLE} under {@code Os} waits until
     * somebody calls {@link Wal#sync}.
     *
     * @param atMost zero only looks
     * @return false if the time is over and there is none
     * @throws InterruptedException if the thread is interrupted before or while it waits; the cursor stays where it is
     * @throws WalException.Failed if the log failed, so that nothing will come; all that may be read has been read
     * @throws IllegalArgumentException if {@code atMost} is negative
     */
    boolean await(Duration atMost) throws InterruptedException;

    /** Where {@link #next} goes on; also without a record to show. {@link Wal#cursor} accepts it, now and after a restart. */
    @Override
    long nextPositionBytes();

    /** Gives back the file handle; a thread that waits here gets {@link WalException.Closed}. Idempotent. */
    @Override
    void close();
}
