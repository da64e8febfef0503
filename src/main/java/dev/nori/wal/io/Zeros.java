package dev.nori.wal.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Real zeros: where a block must exist on the device, a hole will not do. */
public final class Zeros {
    private static final long BYTES = 1 << 18;
    private static final MemorySegment ZEROS = Arena.ofAuto().allocate(BYTES, 4096);

    private Zeros() {}

    /**
     * Writes zeros from one offset up to another.
     *
     * @param fromBytes a multiple of the file's alignment, as is {@code toBytes}
     */
    public static void write(LogFile file, long fromBytes, long toBytes) throws IoFailure {
        for (long at = fromBytes; at < toBytes; ) {
            long length = Math.min(BYTES, toBytes - at);
            file.write(at, ZEROS.asSlice(0, length));
            at += length;
        }
    }

    /** Whether {@code memory} holds nothing but zeros; at most 256 KiB. */
    static boolean fill(MemorySegment memory) {
        return memory.mismatch(ZEROS.asSlice(0, memory.byteSize())) < 0;
    }
}
