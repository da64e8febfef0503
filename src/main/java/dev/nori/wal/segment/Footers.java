package dev.nori.wal.segment;

import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import java.lang.foreign.MemorySegment;

/** Reads and writes the footer at the end of a segment file. */
public final class Footers {
    private Footers() {}

    /** What stands where the footer belongs. Works on any handle. */
    public static SegmentFooter.Parsed read(LogFile file, SegmentHeader header) throws IoFailure {
        long room = SegmentFooter.room(header.segmentBytes());
        MemorySegment memory = AlignedMemory.blocks(room);
        long got = file.read(header.segmentBytes() - room, memory);
        if (got < room) return new SegmentFooter.Parsed.Absent();
        return SegmentFooter.parse(memory, header);
    }

    /** Writes the footer and makes it durable. Everything the footer speaks of must be durable before. */
    public static void write(LogFile file, SegmentHeader header, SegmentFooter footer) throws IoFailure {
        long room = SegmentFooter.room(header.segmentBytes());
        MemorySegment memory = AlignedMemory.blocks(room);
        footer.writeTo(memory);
        file.writeDurably(header.segmentBytes() - room, memory);
    }
}
