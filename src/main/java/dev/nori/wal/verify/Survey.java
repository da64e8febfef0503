package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.UnreadableFile;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.LogStart;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A log looked over: which files there are, and what both ends of each segment say.
 *
 * @param stage its stage
 * @param control its control file
 * @param segments from its beginning on, oldest first; those that are trimmed away are left out
 * @param findings what is wrong with the stage, and files that cannot be read
 */
record Survey(StageCopy stage, Control control, List<Segment> segments, Findings findings) {
    /** What moves while a log is in use. */
    record Signs(StageCopy.@Nullable Cursors cursors, long controlCounter) {}

    /**
     * Looks over the log of a directory. The stage first: frames that it says are written are in the segments then. Of the
     * segments the last one first: they are sealed in order, so one that has no footer now has none when a later one has.
     */
    static Survey of(Storage storage, String stageName, Findings findings) throws IoFailure {
        StageCopy stage = StageCopy.read(storage, stageName, findings);
        Control control = Control.read(storage);
        ControlSlot slot = control.slot();
        long first = slot == null ? 0 : slot.start().segmentId();
        List<Long> ids = storage.list().stream()
                .map(SegmentName::parse)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .filter(id -> id >= first)
                .sorted(Comparator.reverseOrder())
                .toList();
        Trailers trailers = new Trailers(storage);
        List<Segment> segments = new ArrayList<>();
        for (long id : ids) segments.add(look(trailers, id, findings));
        return new Survey(stage, control, segments.reversed(), findings);
    }

    private static Segment look(Trailers trailers, long id, Findings findings) {
        try {
            return trailers.look(id);
        } catch (IoFailure e) {
            String why = "cannot be read: " + e.getMessage();
            findings.add(new UnreadableFile(Places.inSegment(id, 0), why));
            return new Segment(id, new SegmentHeader.Parsed.Damaged(why), new SegmentFooter.Parsed.Absent());
        }
    }

    /** Whether there is anything of a log. */
    boolean isLog() {
        return control.isThere() || stage.isThere() || !segments.isEmpty();
    }

    Signs signs() {
        return new Signs(stage.cursors(), control.counter());
    }

    /** Where the log begins. Without any control file at the first byte ever; where that is lost, with the oldest segment. */
    LogStart start() {
        ControlSlot slot = control.slot();
        if (slot != null) return slot.start();
        if (!control.isThere()) return LogStart.OF_ALL;
        return segments.stream()
                .map(Segment::header)
                .filter(header -> header != null)
                .findFirst()
                .map(header -> new LogStart(header.segmentId(), header.basePosition(), header.baseSequence()))
                .orElse(LogStart.OF_ALL);
    }

    /** Where the log ends whatever stands behind: a cut is under way. */
    long limit() {
        ControlSlot slot = control.slot();
        return slot == null || slot.cut() == null ? Long.MAX_VALUE : slot.cut();
    }

    /** How many segments, from the first on, the last footer speaks for. */
    int sealedCount() {
        for (int i = segments.size() - 1; i >= 0; i--) {
            SegmentFooter seal = segments.get(i).seal();
            if (seal != null && seal.endPosition() <= limit()) return i + 1;
        }
        return 0;
    }

    /** The id that segments must have; null if nothing says it. */
    @Nullable Long logId() {
        ControlSlot slot = control.slot();
        if (slot != null) return slot.logId();
        return segments.stream()
                .map(Segment::header)
                .filter(header -> header != null)
                .findFirst()
                .map(SegmentHeader::logId)
                .orElse(null);
    }
}
