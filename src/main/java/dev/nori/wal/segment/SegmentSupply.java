package dev.nori.wal.segment;

import dev.nori.wal.WalException;
import dev.nori.wal.io.LogFile;
import org.jspecify.annotations.Nullable;

/** Where the caller whose frame does not fit gets the next segment from. Only that caller may ask. */
public interface SegmentSupply {
    /** Size of the segments it makes, in bytes. */
    long segmentBytes();

    /** Begins to ask for the next segment: that there was no space before is no answer. */
    void ask();

    /**
     * Takes the next segment if it is ready; otherwise asks for it and answers null.
     *
     * @throws WalException.Full if an attempt since {@link #ask} found no space
     */
    @Nullable PreparedSegment poll();

    /** Asks for the first {@code toBytes} bytes of a file to be owned; {@link #grown} says when they are. */
    void grow(LogFile file, long toBytes);

    /**
     * Whether what was asked for by {@link #grow} is there.
     *
     * @throws WalException.Full if there was no space
     */
    boolean grown();
}
