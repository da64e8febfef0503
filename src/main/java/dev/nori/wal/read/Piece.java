package dev.nori.wal.read;

import dev.nori.wal.LogEntry;
import java.util.List;

/** What a thread that reads a chunk tells the one that hands it over. */
sealed interface Piece {
    /** Entries in the order of the log; more may follow. */
    record Entries(List<LogEntry> entries) implements Piece {}

    /** The chunk ends here; another one follows. */
    record EndOfChunk() implements Piece {}

    /** Everything was read. */
    record EndOfLog() implements Piece {}

    /** Reading cannot go on. */
    record Failed(Throwable why) implements Piece {}
}
