package dev.nori.wal.model;

import dev.nori.wal.io.Storage;

/** Where a log lives. One process at a time has it open; here that is only a manner of speaking. */
interface Home extends AutoCloseable {
    /** The files as they are now, for the next opener. */
    Storage storage();

    /** Ends the process that has the log open, as {@code kill -9} does: what it had handed to the kernel stays, and it does nothing more. */
    void kill();

    /** Leaves nothing behind. */
    @Override
    void close();
}
