package dev.nori.wal.segment;

import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A view of a segment file that moves forward: whole blocks in memory of its own, read again only when bytes are asked for that
 * it does not hold. Reads more at a time the further it goes, and as much as is asked for. Serves one file after the other,
 * with the same memory. One thread.
 */
public final class SegmentWindow {
    private static final long FIRST_BYTES = 16 << 10;
    private static final long ROOM_BYTES = 64 << 10;
    private static final long MOST_BYTES = 1 << 20;

    private @Nullable LogFile file;
    private MemorySegment memory = AlignedMemory.blocks(ROOM_BYTES);
    private long stepBytes = FIRST_BYTES;
    private long start;
    private long length;
    private long bytesRead;

    /** A window on no file yet. */
    public SegmentWindow() {}

    /** Turns to a file; nothing is held of it, and offsets may begin anywhere. */
    public void lookAt(LogFile other) {
        file = other;
        stepBytes = FIRST_BYTES;
        length = 0;
    }

    /** The memory; {@link #offset} says where a place of the file is in it. */
    public MemorySegment memory() {
        return memory;
    }

    /** Bytes read so far, of all files. */
    public long bytesRead() {
        return bytesRead;
    }

    /** Where the file's byte at {@code fileOffset} is in {@link #memory}, after {@link #load}. */
    public long offset(long fileOffset) {
        return fileOffset - start;
    }

    /**
     * Makes the bytes from {@code fileOffset} on available.
     *
     * @param wanted how many there should be
     * @return how many there are, perhaps more, and fewer only where the file ends
     */
    public long load(long fileOffset, long wanted) throws IoFailure {
        if (fileOffset < start || fileOffset + wanted > start + length) read(fileOffset, wanted);
        return Math.max(0, start + length - fileOffset);
    }

    private void read(long fileOffset, long wanted) throws IoFailure {
        long from = FrameLayout.blockFloor(fileOffset);
        long bytes = Math.max(stepBytes, FrameLayout.blockCeil(fileOffset + wanted) - from);
        stepBytes = Math.min(MOST_BYTES, 2 * stepBytes); // a short look costs little, a long walk reads much at once
        start = from;
        length = 0;
        LogFile source = Objects.requireNonNull(file, "no file");
        if (bytes > memory.byteSize()) bytes = grow(bytes, source.size() - from);
        length = source.read(from, memory.asSlice(0, bytes));
        bytesRead += length;
    }

    /** A length that no checksum has proved yet must not take memory for bytes that are not in the file. */
    private long grow(long bytes, long leftBytes) {
        long most = Math.max(memory.byteSize(), FrameLayout.blockCeil(leftBytes));
        if (most > memory.byteSize()) memory = AlignedMemory.blocks(Math.min(bytes, most));
        return Math.min(bytes, most);
    }
}
