package dev.nori.wal.crash.disk;

import java.lang.foreign.MemorySegment;

/** What a FUSE server asks of the disk behind its one file. Answers are 0 or a negative errno. */
interface BlockDevice {
    /** The size in bytes; it never changes. */
    long sizeBytes();

    /** Fills the target from the offset; the range lies on the disk. */
    int read(long offsetBytes, MemorySegment target);

    /** Takes the data, which nobody changes afterwards. */
    int write(long offsetBytes, byte[] data);

    /** Makes every completed write durable. */
    int flush();
}
