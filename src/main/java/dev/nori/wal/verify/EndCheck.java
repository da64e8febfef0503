package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.DamagedControl;
import dev.nori.wal.VerifyFinding.DamagedHeader;
import dev.nori.wal.VerifyFinding.MissingFile;
import dev.nori.wal.VerifyFinding.Range;
import dev.nori.wal.VerifyFinding.UnsupportedFormat;
import dev.nori.wal.VerifyFinding.WrongFooter;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.ControlFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the segments behind the last sealed one, to where the log ends. What stands behind that end is torn, and no finding, unless
 * something says that it had been durable: a mark further on, the header of a later segment, the stage, the checkpoint. Then frames are looked for
 * behind the damage, and the check goes on with them.
 */
final class EndCheck implements AutoCloseable {
    private final Survey survey;
    private final Tools tools;
    private final Findings findings;
    private final Claims claims;
    private final List<Segment> rest;
    private final Counts counts = new Counts();
    private int next; // index of the segment behind the one that is walked
    private int walked;
    private @Nullable Walk walk;
    private @Nullable LogFile file;
    private long position;
    private long sequence; // below 0 if it is in doubt
    private long leastSequence; // the same, without what was lost
    private int generation;
    private long expectedId;
    private boolean closed; // once the walk is over

    EndCheck(Survey survey, Tools tools, Findings findings) {
        this.survey = survey;
        this.tools = tools;
        this.findings = findings;
        int sealed = survey.sealedCount();
        this.rest = survey.segments().subList(sealed, survey.segments().size());
        this.claims = new Claims(survey, rest, tools);
        begin(sealed == 0 ? null : survey.segments().get(sealed - 1));
    }

    private void begin(@Nullable Segment last) {
        SegmentFooter seal = last == null ? null : last.seal();
        var control = survey.control().slot();
        position = seal == null ? survey.start().position() : seal.endPosition();
        sequence = leastSequence = seal == null ? survey.start().sequence() : seal.nextSequence();
        generation = seal != null ? seal.generation() : control == null ? 0 : control.voidGeneration();
        expectedId = last == null ? survey.start().segmentId() : last.id() + 1;
    }

    /**
     * Where the log ends.
     *
     * @param header of the segment in which it ends, if it is not a sealed one
     */
    record End(
            long position,
            long sequence,
            int generation,
            boolean closed,
            long segmentId,
            @Nullable SegmentHeader header) {}

    /** Walks to the end. */
    End run() throws IoFailure {
        boolean more = true;
        while (more) {
            walkOn();
            more = enterIf(this::goesOn) || (isBroken() && goOnBehind());
        }
        return end();
    }

    /** As far as it went. */
    End end() {
        SegmentHeader header = walk == null ? null : walk.header();
        if (walk != null) closed = walk.closed();
        leave();
        for (int i = 0; i < rest.size(); i++) judgeEnds(rest.get(i), i);
        return new End(position, leastSequence, generation, closed, segmentId(), header);
    }

    /** The segment that is walked, or the last one that was. */
    long segmentId() {
        return expectedId - 1;
    }

    /** What a later version wrote is refused wherever it stands. Opening writes footers anew; who closed the log had written them whole. */
    private void judgeEnds(Segment segment, int at) {
        SegmentHeader header = segment.header();
        if (header == null && segment.parsed() instanceof SegmentHeader.Parsed.Unsupported unsupported) {
            findings.add(new UnsupportedFormat(Places.inSegment(segment.id(), 0), unsupported.why()));
        }
        if (header == null) return;
        var place = Places.inSegment(segment.id(), header.framesEndOffset());
        switch (segment.footer()) {
            case SegmentFooter.Parsed.Valid v -> {}
            case SegmentFooter.Parsed.Absent a -> {}
            case SegmentFooter.Parsed.Damaged damaged -> {
                if (closed && at < next - 1) findings.add(new WrongFooter(place, damaged.why()));
            }
            case SegmentFooter.Parsed.Unsupported unsupported ->
                findings.add(new UnsupportedFormat(place, unsupported.why()));
        }
    }

    Part part() {
        return new Part(findings, counts, walked);
    }

    // ---- frames that go on

    private FrameCursor.Outcome walkOn() throws IoFailure {
        if (walk == null) return FrameCursor.Outcome.EMPTY;
        FrameCursor.Outcome outcome = walk.go(survey.limit());
        position = walk.position();
        sequence = walk.sequence();
        leastSequence = walk.leastSequence();
        generation = walk.generation();
        return outcome;
    }

    private interface Fits {
        boolean test(SegmentHeader header);
    }

    private boolean goesOn(SegmentHeader header) {
        boolean first = walked == 0 && survey.sealedCount() == 0;
        if (first) return survey.start().isIn(header);
        return header.segmentId() == expectedId
                && header.basePosition() == FrameLayout.blockCeil(position)
                && (sequence < 0 || header.baseSequence() == sequence)
                && Integer.compareUnsigned(header.generation(), generation) >= 0;
    }

    /** Enters the next segment. */
    private boolean enterIf(Fits fits) throws IoFailure {
        SegmentHeader header = next < rest.size() ? rest.get(next).header() : null;
        if (header == null || header.basePosition() >= survey.limit()) return false;
        Long logId = survey.logId();
        if (logId == null || header.logId() != logId || !fits.test(header)) return false;
        leave();
        file = tools.storage().open(SegmentName.of(header.segmentId()), Storage.Access.READ);
        walk = new Walk(header, file, tools, findings, null);
        next++;
        walked++;
        expectedId = header.segmentId() + 1;
        position = header.basePosition();
        sequence = leastSequence = header.baseSequence();
        generation = header.generation();
        return true;
    }

    private void leave() {
        if (walk != null) {
            counts.add(walk.counts());
            walk.giveUp();
        }
        close();
        walk = null;
    }

    @Override
    public void close() {
        if (file != null) file.close();
        file = null;
    }

    // ---- the end, or damage

    /** Whether something that had been durable is missing here, looked at once more: the log may have grown meanwhile. */
    private boolean isBroken() throws IoFailure {
        if (position >= survey.limit() || FrameLayout.blockCeil(position) == survey.limit()) return false;
        if (claims.beyond(walk, next, position, generation) <= position) return false;
        long before = position;
        walkOn();
        return position == before;
    }

    /** Goes on behind what is lost; false if there is nothing more. */
    private boolean goOnBehind() throws IoFailure {
        long claim = claims.beyond(walk, next, position, generation);
        String durable = "; the log had been durable up to position " + claim;
        String why = walk == null ? "" : walk.why(walkOn()) + durable;
        if (walk != null) {
            long found = walk.nextFrame(Math.min(walk.header().framesEndPosition(), survey.limit()));
            if (found >= 0) {
                walk.leap(found, why);
                return true;
            }
        }
        Segment later = claims.laterSegment(next, position, generation);
        lose(later, claim, why, durable);
        if (later == null) return false;
        next = rest.indexOf(later);
        return enterIf(header -> true);
    }

    private void lose(@Nullable Segment later, long claim, String why, String durable) {
        SegmentHeader header = later == null ? null : later.header();
        long to = header == null ? claim : header.basePosition();
        long base = FrameLayout.blockCeil(position);
        var positions = Places.range(Math.min(base, to), to);
        var sequences = Places.range(sequence, header == null ? -1 : header.baseSequence());
        Segment expected = next < rest.size() ? rest.get(next) : null;
        if (expected != null && expected.id() == expectedId && claims.hasLostItsHeader(expected, base)) {
            var place = Places.inSegment(expectedId, 0, positions, sequences);
            boolean unsupported = expected.parsed() instanceof SegmentHeader.Parsed.Unsupported; // said in the end
            if (!unsupported) findings.add(new DamagedHeader(place, expected.whyNoHeader() + durable));
        } else if (expected != null && expected.id() > expectedId && later != null) {
            findings.add(Missing.files(expectedId, expected, base, sequence));
        } else if (walk != null) {
            walk.leap(Math.max(to, walk.position()), why);
            if (header != null) walk.isNext(header.baseSequence());
        } else {
            loseAll(expected, positions, sequences, durable);
        }
    }

    /** There is no segment in which the log ends. */
    private void loseAll(
            @Nullable Segment expected, Optional<Range> positions, Optional<Range> sequences, String durable) {
        var place = Places.inSegment(expectedId, 0, positions, sequences);
        SegmentHeader header = expected == null || expected.id() != expectedId ? null : expected.header();
        if (expected == null || expected.id() != expectedId) {
            findings.add(new MissingFile(place, "the segment is missing" + durable));
        } else if (header == null) {
            findings.add(new DamagedHeader(place, expected.whyNoHeader() + durable));
        } else if (header.segmentId() == survey.start().segmentId()
                && survey.control().isThere()) {
            findings.add(new DamagedControl(
                    Places.inFile(ControlFile.NAME, 0),
                    "the log should begin at position %d with record %d, segment %d begins at %d with %d"
                            .formatted(position, sequence, expectedId, header.basePosition(), header.baseSequence())));
        } else {
            findings.add(new DamagedHeader(
                    place,
                    "the segment begins at position %d with record %d, the one before ends at %d before record %d"
                            .formatted(header.basePosition(), header.baseSequence(), position, sequence)));
        }
    }
}
