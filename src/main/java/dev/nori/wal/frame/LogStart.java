package dev.nori.wal.frame;

/**
 * Where a log begins: not at the first byte ever once its front was trimmed away or all of it was discarded.
 *
 * @param segmentId of the first segment; files of lower ids are no longer the log's
 * @param position of the first frame, the base of that segment; a multiple of 4096
 * @param sequence of the first record
 */
public record LogStart(long segmentId, long position, long sequence) {
    /** Of a log of which nothing was ever taken away. */
    public static final LogStart OF_ALL = new LogStart(0, 0, 0);

    /** Whether a segment is the one with which the log begins. */
    public boolean isIn(SegmentHeader header) {
        return header.segmentId() == segmentId
                && header.basePosition() == position
                && header.baseSequence() == sequence;
    }
}
