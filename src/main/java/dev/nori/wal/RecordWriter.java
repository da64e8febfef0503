package dev.nori.wal;

import java.lang.foreign.MemorySegment;

/**
 * Writes a record where it will stand, instead of handing over bytes to be copied: see {@link WalAppender#put(long, long,
 * RecordWriter)}.
 */
@FunctionalInterface
public interface RecordWriter {
    /**
     * Fills the record in. What is not written stays zero. Keep it short, and keep neither segment: other callers wait
     * meanwhile, and after it returns the memory belongs to others. An exception takes the record back: nothing was
     * appended, and whoever called the append gets it. The log may not be called from here, except for reading.
     *
     * @param key as long as was announced; writable
     * @param value as long as was announced; writable
     */
    void write(MemorySegment key, MemorySegment value);
}
