package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding;
import dev.nori.wal.VerifyFinding.DamagedControl;
import dev.nori.wal.VerifyFinding.DamagedFrames;
import dev.nori.wal.VerifyFinding.DamagedHeader;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks a segment for which a footer speaks, its own or a later one: all of it had been durable. */
final class SealedCheck {
    private final Survey survey;
    private final Segment segment;
    private final @Nullable Segment before;
    private final @Nullable Segment after;
    private final Findings findings;

    /** A check of the segment at that place of the survey's list. */
    SealedCheck(Survey survey, int at, Findings findings) {
        this.survey = survey;
        this.segment = survey.segments().get(at);
        this.before = at == 0 ? null : survey.segments().get(at - 1);
        this.after =
                at + 1 == survey.segments().size() ? null : survey.segments().get(at + 1);
        this.findings = findings;
    }

    /** Where its frames must end; with which sequence number the next segment begins. Below 0: not known. */
    private record Goal(long position, long sequence, boolean exact) {}

    Part run(Tools tools) throws IoFailure {
        checkNoneIsMissing();
        SegmentHeader header = segment.header();
        if (header == null) {
            findings.add(lostHeader());
            return new Part(findings, new Counts(), 0);
        }
        checkNeighbour(header);
        try (LogFile file = tools.storage().open(SegmentName.of(segment.id()), Storage.Access.READ)) {
            return new Part(findings, frames(header, file, tools), 1);
        }
    }

    // ---- the header

    private void checkNoneIsMissing() {
        long expected = before == null ? survey.start().segmentId() : before.id() + 1;
        if (segment.id() == expected) return;
        findings.add(Missing.files(survey, before, expected, segment));
    }

    private VerifyFinding lostHeader() {
        SegmentHeader next = after == null ? null : after.header();
        SegmentFooter previous = before == null ? null : before.seal();
        var positions = Places.range(
                previous == null ? -1 : FrameLayout.blockCeil(previous.endPosition()),
                next == null ? -1 : next.basePosition());
        var sequences =
                Places.range(previous == null ? -1 : previous.nextSequence(), next == null ? -1 : next.baseSequence());
        var place = Places.inSegment(segment.id(), 0, positions, sequences);
        if (segment.parsed() instanceof SegmentHeader.Parsed.Unsupported unsupported) {
            return new UnsupportedFormat(place, unsupported.why());
        }
        return new DamagedHeader(place, segment.whyNoHeader() + "; without it no frame can be checked");
    }

    private void checkNeighbour(SegmentHeader header) {
        if (!Objects.equals(survey.logId(), header.logId())) damagedHeader("the segment is of another log");
        if (segment.id() == survey.start().segmentId()) {
            if (!survey.start().isIn(header)) findings.add(otherStart(header));
            return;
        }
        SegmentFooter previous = before == null || before.id() != segment.id() - 1 ? null : before.seal();
        if (previous == null) return;
        boolean goesOn = header.basePosition() == FrameLayout.blockCeil(previous.endPosition())
                && header.baseSequence() == previous.nextSequence()
                && Integer.compareUnsigned(header.generation(), previous.generation()) >= 0;
        if (goesOn) return;
        damagedHeader(
                "the segment begins at position %d with record %d in generation %s, the one before ends at %d before record %d in generation %s"
                        .formatted(
                                header.basePosition(),
                                header.baseSequence(),
                                Integer.toUnsignedString(header.generation()),
                                previous.endPosition(),
                                previous.nextSequence(),
                                Integer.toUnsignedString(previous.generation())));
    }

    private void damagedHeader(String what) {
        findings.add(new DamagedHeader(Places.inSegment(segment.id(), 0), what));
    }

    private VerifyFinding otherStart(SegmentHeader header) {
        String what = "the log should begin at position %d with record %d, segment %d begins at %d with %d"
                .formatted(
                        survey.start().position(),
                        survey.start().sequence(),
                        segment.id(),
                        header.basePosition(),
                        header.baseSequence());
        return survey.control().isThere()
                ? new DamagedControl(Places.inFile(ControlFile.NAME, 0), what)
                : new DamagedHeader(Places.inSegment(segment.id(), 0), what);
    }

    // ---- the frames

    private Counts frames(SegmentHeader header, LogFile file, Tools tools) throws IoFailure {
        SegmentFooter footer = footer(tools.trailers().footer(file, header), header);
        IndexTrail index = footer == null ? null : new IndexTrail(footer, header.framesEndOffset(), findings);
        Walk walk = new Walk(header, file, tools, findings, index);
        Goal goal = goal(footer);
        boolean whole = follow(walk, goal);
        if (goal.sequence() >= 0) checkSequence(walk, goal.sequence());
        walk.giveUp();
        if (index != null) index.end();
        if (footer != null && whole) checkFooter(walk, footer);
        return walk.counts();
    }

    private @Nullable SegmentFooter footer(SegmentFooter.Parsed parsed, SegmentHeader header) {
        var place = Places.inSegment(segment.id(), header.framesEndOffset());
        return switch (parsed) {
            case SegmentFooter.Parsed.Valid valid -> valid.footer();
            case SegmentFooter.Parsed.Absent a -> {
                findings.add(new WrongFooter(place, "the footer is gone; later segments are sealed"));
                yield null;
            }
            case SegmentFooter.Parsed.Damaged damaged -> {
                findings.add(new WrongFooter(place, damaged.why()));
                yield null;
            }
            case SegmentFooter.Parsed.Unsupported unsupported -> {
                findings.add(new UnsupportedFormat(place, unsupported.why()));
                yield null;
            }
        };
    }

    private Goal goal(@Nullable SegmentFooter footer) {
        if (footer != null) return new Goal(footer.endPosition(), footer.nextSequence(), true);
        SegmentHeader next = after == null || after.id() != segment.id() + 1 ? null : after.header();
        return next == null ? new Goal(-1, -1, false) : new Goal(next.basePosition(), next.baseSequence(), false);
    }

    /** False if frames are missing. */
    private boolean follow(Walk walk, Goal goal) throws IoFailure {
        long limit = goal.position() < 0 ? walk.header().framesEndPosition() : goal.position();
        boolean whole = true;
        while (true) {
            FrameCursor.Outcome outcome = walk.go(limit);
            long at = walk.position();
            if (at > limit) findings.add(pastTheEnd(walk, limit));
            if (at >= limit || (!goal.exact() && FrameLayout.blockCeil(at) == limit)) return whole;
            String why = walk.why(outcome);
            long next = walk.nextFrame(limit);
            if (next < 0 && goal.position() < 0) return whole;
            walk.leap(next < 0 ? limit : next, why);
            whole = false;
        }
    }

    private WrongFooter pastTheEnd(Walk walk, long limit) {
        return new WrongFooter(
                Places.inSegment(segment.id(), walk.header().framesEndOffset()),
                "the frames should end at position %d, one goes on to %d".formatted(limit, walk.position()));
    }

    private void checkSequence(Walk walk, long sequence) {
        long is = walk.sequence();
        if (walk.isNext(sequence)) return;
        long offset = walk.header().offsetOf(walk.position());
        findings.add(new DamagedFrames(
                Places.inSegment(segment.id(), offset),
                "the frames end before record %d, what follows goes on with %d".formatted(is, sequence)));
    }

    private void checkFooter(Walk walk, SegmentFooter footer) {
        Counts counts = walk.counts();
        long base = walk.header().baseTimeMillis();
        boolean same = walk.generation() == footer.generation()
                && counts.firstTimeOr(base) == footer.firstTimeMillis()
                && counts.lastTimeOr(base) == footer.lastTimeMillis();
        if (same) return;
        findings.add(new WrongFooter(
                Places.inSegment(segment.id(), walk.header().framesEndOffset()),
                "the footer says generation %s and times %d to %d, the frames say %s and %d to %d"
                        .formatted(
                                Integer.toUnsignedString(footer.generation()),
                                footer.firstTimeMillis(),
                                footer.lastTimeMillis(),
                                Integer.toUnsignedString(walk.generation()),
                                counts.firstTimeOr(base),
                                counts.lastTimeOr(base))));
    }
}
