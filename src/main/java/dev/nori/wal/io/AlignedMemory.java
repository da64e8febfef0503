package dev.nori.wal.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that any engine accepts: native, zeroed, and aligned to a block of 4096 bytes. */
public final class AlignedMemory {
    /** The alignment, in bytes. */
    public static final int BLOCK_BYTES = 4096;

    private AlignedMemory() {}

    /** Memory that lives as long as somebody refers to it. */
    public static MemorySegment blocks(long bytes) {
        return Arena.ofAuto().allocate(bytes, BLOCK_BYTES);
    }
}
