package dev.nori.wal.verify;

import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reads both ends of segments, always into the same memory. One thread. */
final class Trailers {
    private final Storage storage;
    private final MemorySegment block = AlignedMemory.blocks(FrameLayout.BLOCK_BYTES);
    private MemorySegment room = block;

    Trailers(Storage storage) {
        this.storage = storage;
    }

    /** What a segment's file says of itself. */
    Segment look(long id) throws IoFailure {
        try (LogFile file = storage.open(SegmentName.of(id), Storage.Access.READ)) {
            Segment bare = new Segment(id, header(file), new SegmentFooter.Parsed.Absent());
            SegmentHeader header = bare.header();
            if (header == null) return bare;
            return new Segment(id, bare.parsed(), withoutIndex(footer(file, header)));
        }
    }

    /** What stands where the header belongs. A file too short for one reads as zeros. */
    SegmentHeader.Parsed header(LogFile file) throws IoFailure {
        long got = file.read(0, block);
        block.asSlice(got).fill((byte) 0);
        return SegmentHeader.parse(block);
    }

    /** What stands where the footer belongs. */
    SegmentFooter.Parsed footer(LogFile file, SegmentHeader header) throws IoFailure {
        long bytes = SegmentFooter.room(header.segmentBytes());
        if (room.byteSize() < bytes) room = AlignedMemory.blocks(bytes);
        MemorySegment end = room.asSlice(0, bytes);
        long got = file.read(header.segmentBytes() - bytes, end);
        return got < bytes ? new SegmentFooter.Parsed.Absent() : SegmentFooter.parse(end, header);
    }

    /** All segments are kept in memory at once; their indexes must not be. */
    private static SegmentFooter.Parsed withoutIndex(SegmentFooter.Parsed parsed) {
        if (!(parsed instanceof SegmentFooter.Parsed.Valid valid)) return parsed;
        SegmentFooter full = valid.footer();
        return new SegmentFooter.Parsed.Valid(new SegmentFooter(
                full.generation(),
                full.logId(),
                full.segmentId(),
                full.basePosition(),
                full.endPosition(),
                full.baseSequence(),
                full.nextSequence(),
                full.firstTimeMillis(),
                full.lastTimeMillis(),
                List.of()));
    }
}
