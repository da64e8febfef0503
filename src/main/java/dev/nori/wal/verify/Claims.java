package dev.nori.wal.verify;

import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What says that the log had been durable further on than its frames go. Each segment is searched once. */
final class Claims {
    private final Survey survey;
    private final List<Segment> rest;
    private final Tools tools;
    private final Map<Place, Long> known = new HashMap<>();

    /** Where frames of a segment would stand. */
    private record Place(long segmentId, long base) {}

    Claims(Survey survey, List<Segment> rest, Tools tools) {
        this.survey = survey;
        this.rest = rest;
        this.tools = tools;
    }

    /**
     * The highest position that anything says was durable.
     *
     * @param walk of the segment in which the frames end; null if there is none
     * @param next index of the one behind it
     */
    long beyond(@Nullable Walk walk, int next, long position, int generation) throws IoFailure {
        if (survey.limit() != Long.MAX_VALUE) return survey.limit(); // what was being cut had been made durable before
        long claim = Math.max(Math.max(ofStage(generation), ofCheckpoint(position)), missing(next, position));
        if (walk != null) claim = Math.max(claim, ofWalk(walk));
        for (int i = next; i < rest.size(); i++) {
            if (rest.get(i).header() != null || i == next)
                claim = Math.max(claim, ofLater(rest.get(i), position, generation));
        }
        return claim;
    }

    private long ofStage(int generation) {
        Long logId = survey.logId();
        if (logId == null) return 0;
        return survey.stage()
                .of(logId, generation, survey.control().slot())
                .map(StageFile.Left::durable)
                .orElse(0L);
    }

    private long ofCheckpoint(long position) {
        ControlSlot slot = survey.control().slot();
        return slot == null ? 0 : slot.durableBeyond(position);
    }

    /** A segment is begun once the one before has its name for good: where there is a later one, none may be missing. */
    private long missing(int next, long position) {
        Segment last = null;
        for (Segment later : rest.subList(next, rest.size())) if (isBegun(later)) last = later;
        if (last == null) return 0;
        long ids = last.id() - (next == 0 ? firstId() : rest.get(next - 1).id() + 1) + 1;
        long files = rest.indexOf(last) - next + 1L;
        SegmentHeader header = last.header();
        return files < ids && header != null ? Math.max(position + 1, header.basePosition()) : 0;
    }

    private boolean isBegun(Segment segment) {
        SegmentHeader header = segment.header();
        return header != null && header.basePosition() < survey.limit();
    }

    private long firstId() {
        int sealed = survey.sealedCount();
        return sealed == 0
                ? survey.start().segmentId()
                : survey.segments().get(sealed - 1).id() + 1;
    }

    private long ofWalk(Walk walk) throws IoFailure {
        Place place = new Place(walk.header().segmentId(), walk.header().basePosition());
        Long before = known.get(place);
        long claim = before != null ? before : walk.durableFromHere();
        known.put(place, claim);
        return Math.max(claim, walk.durable());
    }

    private long ofLater(Segment later, long position, int generation) throws IoFailure {
        SegmentHeader header = later.header();
        if (header != null && Integer.compareUnsigned(header.generation(), generation) < 0) return 0;
        SegmentHeader where = header != null ? header : assumed(later, FrameLayout.blockCeil(position), generation);
        Place place = new Place(later.id(), where.basePosition());
        Long before = known.get(place);
        long claim =
                before != null ? before : Math.max(where.durablePosition(), marks(where, least(later, generation)));
        known.put(place, claim);
        return claim;
    }

    /** The generation that a mark must have at least. A file whose header was emptied by a cut still holds what was cut away. */
    private int least(Segment segment, int generation) {
        ControlSlot slot = survey.control().slot();
        if (slot == null || !(segment.parsed() instanceof SegmentHeader.Parsed.Prepared)) return generation;
        int notVoid = slot.voidGeneration() + 1;
        return Integer.compareUnsigned(notVoid, generation) > 0 ? notVoid : generation;
    }

    /** Where its frames would stand if it went on where the log ends. */
    private SegmentHeader assumed(Segment segment, long base, int generation) {
        Long logId = survey.logId();
        return new SegmentHeader(
                logId == null ? 0 : logId, segment.id(), base, 0, 0, generation, FrameLayout.MAX_SEGMENT_BYTES, 0);
    }

    private long marks(SegmentHeader header, int generation) throws IoFailure {
        try (LogFile file = tools.storage().open(SegmentName.of(header.segmentId()), Storage.Access.READ)) {
            tools.window().lookAt(file);
            return new Search(header, tools.window(), tools.cursor()).durable(header.basePosition(), generation);
        }
    }

    /** Whether a segment without a header had been begun. */
    boolean hasLostItsHeader(Segment segment, long base) {
        if (segment.header() != null) return false;
        return !(segment.parsed() instanceof SegmentHeader.Parsed.Prepared)
                || known.getOrDefault(new Place(segment.id(), base), 0L) > base;
    }

    /** The next segment that was begun at or behind a position and is not older than what stands before it; null if there is none. */
    @Nullable Segment laterSegment(int next, long position, int generation) {
        for (Segment later : rest.subList(next, rest.size())) {
            SegmentHeader header = later.header();
            boolean fits = header != null
                    && header.basePosition() >= position
                    && header.basePosition() < survey.limit()
                    && Integer.compareUnsigned(header.generation(), generation) >= 0;
            if (fits) return later;
        }
        return null;
    }
}
