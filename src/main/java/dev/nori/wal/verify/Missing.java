package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.MissingFile;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import org.jspecify.annotations.Nullable;

/** What is lost with segments that have no file. */
final class Missing {
    private Missing() {}

    /**
     * The files between two segments.
     *
     * @param before the last one there is; null if the log's first ones are missing
     * @param firstId the first one that is missing
     * @param after the next one there is
     */
    static MissingFile files(Survey survey, @Nullable Segment before, long firstId, Segment after) {
        SegmentFooter seal = before == null ? null : before.seal();
        long from = before == null ? survey.start().position() : seal == null ? -1 : seal.endPosition();
        long sequence = before == null ? survey.start().sequence() : seal == null ? -1 : seal.nextSequence();
        return files(firstId, after, from < 0 ? -1 : FrameLayout.blockCeil(from), sequence);
    }

    /** The same where the log before is known to end there. */
    static MissingFile files(long firstId, Segment after, long position, long sequence) {
        SegmentHeader next = after.header();
        long count = after.id() - firstId;
        return new MissingFile(
                Places.inSegment(
                        firstId,
                        0,
                        Places.range(position, next == null ? -1 : next.basePosition()),
                        Places.range(sequence, next == null ? -1 : next.baseSequence())),
                count == 1
                        ? "the segment is missing, later ones are there"
                        : "%d segments are missing from here on, later ones are there".formatted(count));
    }
}
