package dev.nori.wal;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Walks the log forward from a position, across segments, up to the end of what it may see.
 *
 * <p>For one thread at a time; {@link #close} may be called by any. Sees records that are appended while it reads; at the end
 * {@link #poll} answers null and can be asked again later ({@link WalTail} waits). The entries own their memory and stay valid;
 * {@link WalCursor} does without that and is faster. Holds a file handle until it is closed.
 */
public interface WalReader extends Iterable<LogEntry>, AutoCloseable {
    /**
     * The next entry, or null when the end of what this reader may see is reached (ask again later).
     *
     * @throws WalException.Corrupt if bytes that had been accepted are damaged; the reader stays where it is
     * @throws WalException.Unsupported if a later version wrote them; the reader stays where it is
     * @throws WalException.CannotRead if the file system does not give them; the reader stays where it is
     * @throws WalException.Truncated if the log was trimmed past this reader
     * @throws WalException.Closed if the log or this reader was closed
     * @throws IllegalArgumentException if a value is compressed and its codec is not there; the reader stays where it is
     */
    @Nullable LogEntry poll();

    /** Where the next {@link #poll} reads: {@link LogEntry#next} of the last entry, or where the reader was opened. */
    Position position();

    /** The entries from here to the end as it is when the iterator gets there. Shares this reader's place. */
    @Override
    Iterator<LogEntry> iterator();

    /** The same entries as those of {@link #iterator}, in order; closing the stream closes this reader. */
    default Stream<LogEntry> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false)
                .onClose(this::close);
    }

    /** Gives back the file handle. Idempotent. */
    @Override
    void close();
}
