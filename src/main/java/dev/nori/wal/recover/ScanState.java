package dev.nori.wal.recover;

import dev.nori.wal.frame.LogStart;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;

/**
 * What is known at a place in the log where frames have been proved up to.
 *
 * @param position end of the last frame
 * @param sequence of the next record
 * @param generation in force
 * @param timeMillis of the last record
 * @param durable the highest position that the log says was durable
 * @param closed whether the last frame is the mark of an orderly close
 */
record ScanState(long position, long sequence, int generation, long timeMillis, long durable, boolean closed) {
    /** Of a log without a segment: all that was there before is durable, or gone for good. */
    static ScanState empty(LogStart start, int generation) {
        return new ScanState(start.position(), start.sequence(), generation, 0, start.position(), false);
    }

    /** Before the first frame of a log that begins with this segment. */
    static ScanState before(SegmentHeader header) {
        return new ScanState(
                header.basePosition(),
                header.baseSequence(),
                header.generation(),
                header.baseTimeMillis(),
                header.durablePosition(),
                false);
    }

    /** After a segment that is sealed: all of it is durable. */
    static ScanState after(SegmentFooter footer) {
        return new ScanState(
                footer.endPosition(),
                footer.nextSequence(),
                footer.generation(),
                footer.lastTimeMillis(),
                footer.endPosition(),
                false);
    }

    /** Whether a segment goes on exactly here. */
    boolean continuesIn(SegmentHeader header) {
        return header.basePosition() == dev.nori.wal.frame.FrameLayout.blockCeil(position)
                && header.baseSequence() == sequence
                && Integer.compareUnsigned(header.generation(), generation) >= 0;
    }

    /** At the first frame of a segment that goes on here. */
    ScanState entering(SegmentHeader header) {
        return new ScanState(
                header.basePosition(),
                sequence,
                header.generation(),
                Math.max(timeMillis, header.baseTimeMillis()),
                Math.max(durable, header.durablePosition()),
                false);
    }

    /** After a frame of records. */
    ScanState afterRecords(long end, long records, long time) {
        return new ScanState(end, sequence + records, generation, Math.max(timeMillis, time), durable, false);
    }

    /** After a mark. */
    ScanState afterMark(long end, int newGeneration, long claim, boolean close) {
        return new ScanState(end, sequence, newGeneration, timeMillis, Math.max(durable, claim), close);
    }
}
