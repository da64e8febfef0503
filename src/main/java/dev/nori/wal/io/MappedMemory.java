package dev.nori.wal.io;

import java.lang.foreign.MemorySegment;

/** A file that is mapped as memory, shared with the page cache. */
public interface MappedMemory extends AutoCloseable {
    /** The mapped bytes, 4096-aligned; any thread may use them until {@link #close}. */
    MemorySegment memory();

    /**
     * Writes the mapped bytes back and waits for the device. Not needed to survive a killed process.
     */
    void sync() throws IoFailure;

    /** Unmaps. Using the memory afterwards throws {@link IllegalStateException}; it never crashes. */
    @Override
    void close();
}
