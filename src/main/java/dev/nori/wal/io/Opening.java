package dev.nori.wal.io;

/**
 * Opens a file that is not the log's data: for reading and writing, with alignment 1, created if it is missing.
 *
 * @param <F> what the engine calls its file
 */
@FunctionalInterface
public interface Opening<F extends LogFile> {
    /** A handle that belongs to the caller. */
    F open() throws IoFailure;
}
