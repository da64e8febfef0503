package dev.nori.wal;

import java.time.Instant;

/**
 * One segment of the log, as it was when {@link Wal#segments} was called.
 *
 * @param id its number; ids grow by one from segment to segment
 * @param base where it begins
 * @param end where the next segment begins, or where the log ended
 * @param firstSequence number of its first record
 * @param nextSequence number of the first record behind it; the same as {@code firstSequence} if it holds none
 * @param begunAt when it was begun: none of its records is older
 * @param endedAt when the next one was begun, or the time of the last record: none of its records is younger
 * @param bytes size of its file, in bytes, preallocated space included
 * @param sealed whether it is full and finished: its file never changes again
 */
public record SegmentInfo(
        long id,
        Position base,
        Position end,
        long firstSequence,
        long nextSequence,
        Instant begunAt,
        Instant endedAt,
        long bytes,
        boolean sealed) {
    /** How many records it holds. */
    public long records() {
        return nextSequence - firstSequence;
    }
}
