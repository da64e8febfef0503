package dev.nori.wal.verify;

import dev.nori.wal.Position;
import dev.nori.wal.VerifyFinding;
import dev.nori.wal.VerifyFinding.DamagedControl;
import dev.nori.wal.VerifyFinding.MissingFile;
import dev.nori.wal.VerifyFinding.UnsupportedFormat;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.VerifyReport.Ending;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.Marks;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.ControlFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The log checked once, from beginning to end. */
final class Round {
    private final Storage storage;
    private final int parallelism;
    private final Pace pace;
    private final Map<Segment, Part> sound;
    private final AtomicInteger room = new AtomicInteger(Findings.MOST);
    private final Findings ofLog = new Findings(room);
    private final Survey survey;
    private final int sealedCount;
    private final Part[] parts; // one for each sealed segment, then the end

    private EndCheck.@Nullable End end;

    /**
     * Looks the log over.
     *
     * @param sound segments in which nothing was found before; they are not read again
     */
    Round(Storage storage, String stageName, int parallelism, Pace pace, Map<Segment, Part> sound) throws IoFailure {
        this.storage = storage;
        this.parallelism = parallelism;
        this.pace = pace;
        this.sound = sound;
        this.survey = Survey.of(storage, stageName, ofLog);
        if (!survey.isLog()) {
            throw new IoFailure(IoFailure.Kind.NOT_FOUND, 0, storage.directory() + " holds no log", null);
        }
        this.sealedCount = survey.sealedCount();
        this.parts = new Part[sealedCount + 1];
    }

    Survey.Signs signs() {
        return survey.signs();
    }

    VerifyReport run() throws IoFailure {
        expect();
        List<Workforce.Job> jobs = new ArrayList<>();
        jobs.add(this::followEnd); // the longest one, perhaps
        for (int i = 0; i < sealedCount; i++) {
            int at = i;
            jobs.add(tools -> checkSealed(at, tools));
        }
        new Workforce(() -> new Tools(storage, pace)).run(jobs, parallelism);
        return report();
    }

    private void expect() {
        for (Segment segment : survey.segments().subList(0, sealedCount)) {
            SegmentFooter seal = segment.seal();
            if (seal != null && !sound.containsKey(segment)) pace.expect(seal.endPosition() - seal.basePosition());
        }
        survey.stage().left().ifPresent(left -> {
            SegmentFooter last = sealedCount == 0
                    ? null
                    : survey.segments().get(sealedCount - 1).seal();
            long from = last == null ? survey.start().position() : last.endPosition();
            pace.expect(Math.max(0, left.written() - from));
        });
    }

    // ---- the parts

    private void checkSealed(int at, Tools tools) {
        Segment segment = survey.segments().get(at);
        Part known = sound.get(segment);
        if (known != null) {
            parts[at] = known;
            return;
        }
        Findings findings = new Findings(room);
        try {
            parts[at] = new SealedCheck(survey, at, findings).run(tools);
        } catch (IoFailure e) {
            findings.add(Verification.unreadable(segment.id(), e));
            parts[at] = new Part(findings, new Counts(), 0);
        }
    }

    private void followEnd(Tools tools) {
        Findings findings = new Findings(room);
        try (EndCheck check = new EndCheck(survey, tools, findings)) {
            try {
                end = check.run();
            } catch (IoFailure e) {
                findings.add(Verification.unreadable(check.segmentId(), e));
                end = check.end();
            }
            parts[sealedCount] = check.part();
        }
    }

    // ---- what came of them

    private VerifyReport report() throws IoFailure {
        EndCheck.End at = Objects.requireNonNull(end);
        Staged.Found staged = staged(at);
        boolean closed = at.closed() && staged.records() == 0;
        judgeNotes(closed, staged);
        judgeGeneration(at);
        Counts all = new Counts();
        int segments = 0;
        long leftOut = ofLog.leftOut();
        List<VerifyFinding> findings = new ArrayList<>(ofLog.kept());
        for (int i = 0; i < parts.length; i++) {
            Part part = parts[i];
            all.add(part.counts());
            segments += part.segments();
            leftOut += part.findings().leftOut();
            findings.addAll(part.findings().kept());
            if (i < sealedCount && part.findings().isEmpty())
                sound.put(survey.segments().get(i), part);
        }
        return new VerifyReport(
                findings,
                leftOut,
                closed ? Ending.CLOSED : Ending.NOT_CLOSED,
                segments,
                all.records() + staged.records(),
                staged.records(),
                all.valuesNotDecoded(),
                all.bytes(),
                new Position(survey.start().position()),
                new Position(staged.end()),
                survey.start().sequence(),
                Math.max(0, at.sequence()) + staged.records(),
                Duration.ZERO);
    }

    private Staged.Found staged(EndCheck.End at) throws IoFailure {
        boolean cutting = survey.limit() != Long.MAX_VALUE;
        StageFile.Left left = cutting ? null : left(at).orElse(null);
        try {
            return Staged.follow(left, at, storage);
        } catch (IoFailure e) {
            ofLog.add(Verification.unreadable(at.segmentId(), e));
            return Staged.follow(null, at, storage);
        }
    }

    private Optional<StageFile.Left> left(EndCheck.End at) {
        Long logId = survey.logId();
        return survey.stage()
                .left()
                .filter(stage -> logId == null || logId == stage.logId())
                .flatMap(stage -> survey.stage()
                        .of(stage.logId(), at.generation(), survey.control().slot()));
    }

    /** Another open would begin a later one. */
    private void judgeGeneration(EndCheck.End at) {
        ControlSlot slot = survey.control().slot();
        boolean isLast = at.generation() == Marks.LAST_GENERATION
                || (slot != null && slot.voidGeneration() == Marks.LAST_GENERATION)
                || left(at).filter(left -> left.generation() == Marks.LAST_GENERATION)
                        .isPresent();
        if (!isLast) return;
        ofLog.add(new UnsupportedFormat(Places.inSegment(Math.max(0, at.segmentId()), 0), Marks.NO_GENERATION_LEFT));
    }

    private void judgeNotes(boolean closed, Staged.Found staged) {
        survey.control().judge(closed, ofLog);
        staged.damaged().forEach(ofLog::add);
        if (staged.unknown() != null) {
            ofLog.add(new UnsupportedFormat(Places.inFile(survey.stage().name(), 0), staged.unknown()));
        }
        boolean noted = survey.stage().left().filter(this::isOfThisLog).isPresent();
        if (noted && !survey.control().isThere()) {
            ofLog.add(new DamagedControl(
                    Places.inFile(ControlFile.NAME, 0),
                    "the control file is missing: it held the log's metadata and its checkpoint"));
        }
        boolean begun = survey.segments().stream().anyMatch(segment -> segment.header() != null);
        if (!survey.stage().isThere() && begun && !closed) {
            ofLog.add(
                    new MissingFile(
                            Places.inFile(survey.stage().name(), 0),
                            "the stage is missing, and the log was not closed: records that a process had accepted last may be lost"));
        }
    }

    private boolean isOfThisLog(StageFile.Left left) {
        Long logId = survey.logId();
        return left.hasControl() && logId != null && logId == left.logId();
    }
}
