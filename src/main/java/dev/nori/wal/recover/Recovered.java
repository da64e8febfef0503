package dev.nori.wal.recover;

import dev.nori.wal.Verdict;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.segment.IndexBuilder;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log whose end is known and durable, ready to go on.
 *
 * @param verdict the state it was in
 * @param control what is noted of it: its id (for a new log the one that was proposed), where it begins, what its user keeps there
 * @param firstId id of the oldest segment
 * @param segments how many there are
 * @param scanned the segments that had to be scanned, oldest first
 * @param current the segment in which it goes on; null if the next frame begins one
 * @param end end of the last frame
 * @param nextSequence of the next record
 * @param timeMillis of the last record
 * @param generation the highest one ever used
 * @param tail the bytes of the last block before {@code end}
 * @param recordsFromStage records that were in no segment yet
 * @param bytesScanned bytes read to find the end
 */
public record Recovered(
        Verdict.Sound verdict,
        ControlSlot control,
        long firstId,
        int segments,
        List<Scanned> scanned,
        @Nullable Current current,
        long end,
        long nextSequence,
        long timeMillis,
        int generation,
        MemorySegment tail,
        long recordsFromStage,
        long bytesScanned) {

    /** The log's id. */
    public long logId() {
        return control.logId();
    }

    /** Where the log begins. */
    public long first() {
        return control.start().position();
    }

    /** Number of the first record. */
    public long firstSequence() {
        return control.start().sequence();
    }

    /** A segment that was scanned. */
    public record Scanned(SegmentHeader header, IndexBuilder index) {}

    /** The segment in which the log goes on, open for writing. */
    public record Current(SegmentHeader header, IndexBuilder index, LogFile file, long ownedBytes) {}
}
