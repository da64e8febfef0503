package dev.nori.wal.handoff;

import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.LogFile;
import java.util.function.Supplier;

/**
 * The order to go on in another segment, from the caller whose frame did not fit to the writer.
 *
 * @param previousEnd where the frames of the segment before end
 * @param header of the segment that begins
 * @param file of the segment that begins; the writer owns it from here on
 * @param footer of the segment that begins; asked for once the segment is full
 */
public record Roll(long previousEnd, SegmentHeader header, LogFile file, Supplier<SegmentFooter> footer) {}
