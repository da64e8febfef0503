package dev.nori.wal.io;

import java.lang.foreign.MemorySegment;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was changed of a file of an {@link OverlayStorage}: blocks that differ from those below, and where it ends. */
final class OverlayContent {
    private static final long BLOCK_BYTES = AlignedMemory.BLOCK_BYTES;

    private final @Nullable String nameBelow;
    private final TreeMap<Long, MemorySegment> blocks = new TreeMap<>(); // by offset; guarded by this
    private long visibleBelow = Long.MAX_VALUE; // bytes of the file below; guarded by this
    private long end; // of what was written or allocated; guarded by this

    /**
     * A content on top of that of another file.
     *
     * @param nameBelow its name; null for a new file
     */
    OverlayContent(@Nullable String nameBelow) {
        this.nameBelow = nameBelow;
    }

    @Nullable String nameBelow() {
        return nameBelow;
    }

    LogFile open(String name, @Nullable LogFile below) {
        return new OverlayFile(name, this, below);
    }

    synchronized long size(@Nullable LogFile below) throws IoFailure {
        return Math.max(end, below == null ? 0 : Math.min(visibleBelow, below.size()));
    }

    synchronized long read(@Nullable LogFile below, long offset, MemorySegment into) throws IoFailure {
        long got = Math.clamp(size(below) - offset, 0, into.byteSize());
        MemorySegment target = into.asSlice(0, got);
        long fromBelow = readBelow(below, offset, target);
        target.asSlice(fromBelow).fill((byte) 0);
        long first = offset / BLOCK_BYTES * BLOCK_BYTES;
        blocks.subMap(first, offset + got).forEach((at, block) -> {
            long from = Math.max(at, offset);
            long to = Math.min(at + BLOCK_BYTES, offset + got);
            if (from < to) MemorySegment.copy(block, from - at, target, from - offset, to - from);
        });
        return got;
    }

    private long readBelow(@Nullable LogFile below, long offset, MemorySegment target) throws IoFailure {
        if (below == null) return 0;
        long visible = Math.clamp(visibleBelow - offset, 0, target.byteSize());
        return visible == 0 ? 0 : below.read(offset, target.asSlice(0, visible));
    }

    synchronized void write(@Nullable LogFile below, long offset, MemorySegment data) throws IoFailure {
        MemorySegment now = AlignedMemory.blocks(BLOCK_BYTES);
        for (long done = 0; done < data.byteSize(); ) {
            long at = (offset + done) / BLOCK_BYTES * BLOCK_BYTES;
            long within = offset + done - at;
            long length = Math.min(BLOCK_BYTES - within, data.byteSize() - done);
            now.fill((byte) 0);
            long known = read(below, at, now);
            MemorySegment piece = data.asSlice(done, length);
            boolean same =
                    known >= within + length && now.asSlice(within, length).mismatch(piece) == -1;
            if (!same) put(at, now, within, piece);
            done += length;
        }
        end = Math.max(end, offset + data.byteSize());
    }

    private void put(long at, MemorySegment now, long within, MemorySegment piece) {
        MemorySegment block = AlignedMemory.blocks(BLOCK_BYTES).copyFrom(now);
        MemorySegment.copy(piece, 0, block, within, piece.byteSize());
        blocks.put(at, block);
    }

    synchronized void allocate(long size) {
        end = Math.max(end, size);
    }

    synchronized void truncate(long size) {
        visibleBelow = Math.min(visibleBelow, size);
        end = size;
        blocks.tailMap(size).clear();
        var last = blocks.lastEntry();
        if (last != null && last.getKey() + BLOCK_BYTES > size) {
            last.getValue().asSlice(size - last.getKey()).fill((byte) 0);
        }
    }
}
