package dev.nori.wal.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Brings lines into the log and reports to {@link Acks} what the log acknowledged, in order. For one thread at a time. */
sealed interface Appender permits OneByOne, Pipelined {
    /** What a line has for a key: nothing. */
    MemorySegment NO_KEY = MemorySegment.ofArray(new byte[0]);

    /**
     * Appends one line. On return it has its place in the log; its memory is the caller's again.
     *
     * @throws IOException if the acknowledgements have nowhere to go
     * @throws dev.nori.wal.WalException if the log refuses, this line or one before it
     */
    void append(MemorySegment line) throws IOException;

    /** Waits until every line is acknowledged. Throws like {@link #append}. To be called once, at the end. */
    void finish() throws IOException;
}
