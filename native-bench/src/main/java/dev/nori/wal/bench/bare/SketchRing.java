package dev.nori.wal.bench.bare;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A ring in a mapped file, every block of which was written: one appends, one takes out. */
final class SketchRing {
    static final long BYTES = 4 << 20;

    private static final int HEADER_BYTES = 16;
    private static final long CURSORS_BYTES = 4096;
    private static final VarHandle CURSOR = JAVA_LONG.varHandle();
    private static final long COMMITTED_AT = 0;

    private final MemorySegment cursors;
    private final MemorySegment ring;
    private volatile long written;

    // the appender's
    private long end;
    private long writtenSeen;

    private SketchRing(MemorySegment mapped) {
        cursors = mapped.asSlice(0, CURSORS_BYTES);
        ring = mapped.asSlice(CURSORS_BYTES, BYTES);
    }

    static SketchRing map(Path path, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, CURSORS_BYTES + BYTES, arena);
            mapped.fill((byte) 0);
            mapped.force();
            return new SketchRing(mapped);
        }
    }

    static long frameBytes(int recordBytes) {
        return HEADER_BYTES + (recordBytes + 7L & ~7L);
    }

    void append(byte[] record) {
        long bytes = frameBytes(record.length);
        long start = end % BYTES + bytes > BYTES ? (end / BYTES + 1) * BYTES : end; // a frame is never split
        while (start + bytes - writtenSeen > BYTES) awaitSpace();
        long at = start % BYTES;
        ring.set(JAVA_LONG, at, record.length);
        ring.set(JAVA_LONG, at + 8, start);
        MemorySegment.copy(record, 0, ring, JAVA_BYTE, at + HEADER_BYTES, record.length);
        end = start + bytes;
        CURSOR.setRelease(cursors, COMMITTED_AT, end);
    }

    private void awaitSpace() {
        writtenSeen = written;
        Thread.onSpinWait();
    }

    long committed() {
        return (long) CURSOR.getAcquire(cursors, COMMITTED_AT);
    }

    long written() {
        return written;
    }

    /** A piece of the ring that does not cross its end. */
    MemorySegment slice(long position, long bytes) {
        return ring.asSlice(position % BYTES, bytes);
    }

    void wroteTo(long position) {
        written = position;
    }
}
