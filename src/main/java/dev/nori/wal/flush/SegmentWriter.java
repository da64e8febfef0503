package dev.nori.wal.flush;

import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.handoff.Ring;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Writes ranges of the ring into one segment file, in whole blocks straight from the ring. Only the last block, if it is not
 * full, is copied first: callers may be filling the rest of it, and what is not committed must not reach the disk.
 */
final class SegmentWriter {
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[FrameLayout.BLOCK_BYTES]);
    private static final int MAX_PARTS = 4; // header, ring, ring after its end, last block

    private final Ring ring;
    private final LogFile file;
    private final SegmentHeader header;
    private final MemorySegment lastBlock = AlignedMemory.blocks(FrameLayout.BLOCK_BYTES);
    private final MemorySegment[] parts = new MemorySegment[MAX_PARTS];
    private final MemorySegment[][] exactly = new MemorySegment[MAX_PARTS][];
    private boolean headerWritten;
    private boolean dirty;

    SegmentWriter(Ring ring, LogFile file, SegmentHeader header, boolean headerWritten) {
        this.ring = ring;
        this.file = file;
        this.header = header;
        this.headerWritten = headerWritten;
        Arrays.setAll(exactly, i -> new MemorySegment[i + 1]);
    }

    SegmentHeader header() {
        return header;
    }

    LogFile file() {
        return file;
    }

    /** Whether bytes were written that no sync covers. */
    boolean isDirty() {
        return dirty;
    }

    /** Writes the ring's bytes from {@code from} to {@code to}, with all of the blocks they touch. */
    void write(long from, long to, boolean durably) throws IoFailure {
        long start = FrameLayout.blockFloor(from);
        int count = 0;
        long offset = FrameLayout.BLOCK_BYTES + start - header.basePosition();
        if (!headerWritten) {
            MemorySegment block = AlignedMemory.blocks(FrameLayout.BLOCK_BYTES);
            header.writeTo(block);
            parts[count++] = block;
            offset = 0;
            assert start == header.basePosition() : start + " != " + header.basePosition();
        }
        long whole = FrameLayout.blockFloor(to);
        if (whole > start) {
            long first = Math.min(whole - start, ring.contiguous(start));
            parts[count++] = ring.slice(start, first);
            if (start + first < whole) parts[count++] = ring.slice(start + first, whole - start - first);
        }
        if (whole < to) {
            ring.copyTo(whole, lastBlock, 0, to - whole);
            MemorySegment.copy(ZEROS, 0, lastBlock, to - whole, FrameLayout.BLOCK_BYTES - (to - whole));
            parts[count++] = lastBlock;
        }
        writeParts(offset, exactly(count), durably);
        headerWritten = true;
    }

    /** The first of the parts, in an array of their number that is used again: a write makes no garbage for each group. */
    private MemorySegment[] exactly(int count) {
        MemorySegment[] array = exactly[count - 1];
        System.arraycopy(parts, 0, array, 0, count);
        return array;
    }

    private void writeParts(long offset, MemorySegment[] blocks, boolean durably) throws IoFailure {
        // A write that syncs covers its own bytes only: it will do if no others are waiting.
        boolean alone = durably && !dirty;
        dirty = true;
        if (alone) file.writeDurably(offset, blocks);
        else file.write(offset, blocks);
        if (alone) dirty = false;
    }

    /** Makes everything written so far durable. */
    void sync() throws IoFailure {
        if (!dirty) return;
        file.sync();
        dirty = false;
    }
}
