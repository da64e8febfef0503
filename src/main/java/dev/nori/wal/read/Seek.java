package dev.nori.wal.read;

import dev.nori.wal.Position;
import dev.nori.wal.WalException;
import dev.nori.wal.frame.IndexEntry;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.segment.SegmentCatalog;
import java.time.Instant;

/**
 * Ways to a place in the log: the segment by halving, the frame by the segment's sparse index, the rest on foot (64 KiB at most,
 * and one frame). Each answers which record of the frame is the one; 0 where no frame is held.
 */
final class Seek {
    private Seek() {}

    /** To where a record starts or ends, or a mark between records. */
    static int position(LogSource source, FrameWalk walk, long target) throws IoFailure {
        long end = source.stage().committed();
        if (target > end) throw Trouble.beyondTheEnd(target, end);
        SegmentCatalog catalog = source.catalog();
        SegmentHeader segment = catalog.floor(target);
        if (target < segment.basePosition()) throw trimmed("position " + target, segment);
        walk.enter(segment, catalog.find(segment, index -> SegmentFooter.floorByPosition(index, target)));
        if (walk.holdAfter(() -> walk.endPosition() <= target, target)) return recordAt(walk, target);
        if (walk.position() > target) throw noRecordAt(target);
        return 0;
    }

    /**
     * To where a reader was before the rooms were exchanged. If all before that was trimmed away since, and nothing that it has not seen, that is
     * where the log begins: a cut at the start of a segment puts readers back to where the one before ends.
     *
     * @param sequence of the record that was next
     */
    static int again(LogSource source, FrameWalk walk, long target, long sequence) throws IoFailure {
        SegmentHeader first = source.catalog().first();
        boolean missedNothing = target < first.basePosition() && first.baseSequence() == sequence;
        return position(source, walk, missedNothing ? first.basePosition() : target);
    }

    private static int recordAt(FrameWalk walk, long target) {
        for (int i = 0; i < walk.frame().recordCount(); i++) {
            if (walk.position() + walk.frame().select(i).offsetInFrame() == target) return i;
        }
        throw noRecordAt(target);
    }

    /** To the record with that number, or to the limit if that is where it will be. */
    static int sequence(LogSource source, FrameWalk walk, long target, long limit) throws IoFailure {
        SegmentCatalog catalog = source.catalog();
        SegmentHeader segment = catalog.floorBySequence(target);
        if (target < segment.baseSequence()) throw trimmed("record " + target, segment);
        walk.enter(segment, catalog.find(segment, index -> SegmentFooter.floorBySequence(index, target)));
        if (walk.holdAfter(() -> walk.nextSequence() <= target, limit)) return (int) (target - walk.sequence());
        if (walk.sequence() < target) throw notYet(target, walk.sequence());
        return 0;
    }

    /** To the first record that was appended at a time or later, or to the limit. */
    static int time(LogSource source, FrameWalk walk, Instant time, long limit) throws IoFailure {
        long millis = ceilMillis(time);
        SegmentCatalog catalog = source.catalog();
        SegmentHeader segment = catalog.lastBegunBefore(millis);
        long delta = millis - segment.baseTimeMillis();
        IndexEntry before = catalog.find(segment, index -> SegmentFooter.lastBefore(index, delta));
        walk.enter(segment, before);
        walk.holdAfter(() -> walk.millis() < millis, limit);
        return 0;
    }

    /** The first whole millisecond that is not before a time, as far as the log's clock reaches. */
    private static long ceilMillis(Instant time) {
        if (time.isBefore(Instant.EPOCH)) return 0;
        if (time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE - 1))) return Long.MAX_VALUE;
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }

    static WalException.Truncated trimmed(String what, SegmentHeader first) {
        return new WalException.Truncated(
                "%s was trimmed away; the log begins at position %d with record %d"
                        .formatted(what, first.basePosition(), first.baseSequence()),
                new Position(first.basePosition()));
    }

    /** The log was cut before a position, and goes on where that was, or where it was cut again since. */
    static WalException.Truncated cutAway(long position, Succession.Heir heir) throws IoFailure {
        Succession.Heir last = heir.last();
        SegmentHeader first = last.source().catalog().first();
        Position left = new Position(Math.max(Math.min(last.cut(), last.end()), first.basePosition()));
        return new WalException.Truncated(
                "position %d was cut away; the log goes on at %d".formatted(position, left.bytes()), left);
    }

    private static IllegalArgumentException noRecordAt(long target) {
        return new IllegalArgumentException("no record starts or ends at position " + target);
    }

    static IllegalArgumentException notYet(long target, long next) {
        return new IllegalArgumentException(
                "record %d is not in the log, whose last one is %d".formatted(target, next - 1));
    }
}
