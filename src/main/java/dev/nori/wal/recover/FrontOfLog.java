package dev.nori.wal.recover;

import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.recover.FactFinding.Scene;
import dev.nori.wal.recover.Facts.Front;
import dev.nori.wal.recover.Facts.Row;

/** Does the log begin where it should, and are the files of all its segments there? */
final class FrontOfLog {
    private final Scene scene;
    private final long first;

    FrontOfLog(Scene scene) {
        this.scene = scene;
        this.first = scene.start().segmentId();
    }

    // ---- the row of files

    Row row() throws IoFailure {
        SegmentFiles files = scene.files();
        for (long id = first; id <= scene.chain().lastBegunId(); id++) {
            if (!files.has(id)) return missing(id, lastMissing(id), "is missing, later segments are there" + hint());
        }
        if (hasBegun() && !files.has(first)) {
            return missing(first, first, "is missing: the control file says that the log begins with it");
        }
        if (isSuccessorMissing()) {
            long next = scene.chain().nextId();
            return missing(next, next, "is missing: the segment before it was left for this one");
        }
        return new Row.Unbroken();
    }

    private long lastMissing(long firstMissing) {
        long id = firstMissing;
        while (!scene.files().has(id + 1)) id++;
        return id;
    }

    private String hint() {
        return scene.slot() == null ? " (nor is there a control file, which would say that it was trimmed away)" : "";
    }

    private static Row missing(long from, long to, String what) {
        return new Row.Missing(SegmentName.of(from), from, to, what);
    }

    /** A segment is sealed only after the next one was begun, whose file has a durable name before that. */
    private boolean isSuccessorMissing() throws IoFailure {
        SegmentChain chain = scene.chain();
        boolean cutting = scene.slot() != null && scene.slot().cut() != null;
        if (cutting || !chain.known() || scene.files().has(chain.nextId())) return false;
        SegmentScan scan = chain.lastScan();
        return scan == null || scene.files().footer(scan.header()) != null;
    }

    // ---- the first one

    Front front() throws IoFailure {
        SegmentFiles files = scene.files();
        SegmentHeader header = files.header(first);
        if (header != null) return judge(header);
        if (!files.has(first)) return new Front.NotBegun();
        String what =
                files.isBegun(first) ? "the header of the first segment is damaged" : "the first segment has no header";
        boolean lost = hasBegun() || scene.chain().lastBegunId() > first || holdsRecords();
        return lost ? new Front.Lost(SegmentName.of(first), first, what) : new Front.NotBegun();
    }

    private boolean hasBegun() {
        return scene.slot() != null && scene.slot().front() == ControlSlot.Front.BEGUN;
    }

    private Front judge(SegmentHeader header) {
        if (scene.slot() != null && header.logId() != scene.slot().logId()) {
            return foreign("is of another log than the control file");
        }
        if (scene.start().isIn(header)) return new Front.Begun();
        return foreign("begins at position %d with record %d, the log begins at %d with %d"
                .formatted(
                        header.basePosition(),
                        header.baseSequence(),
                        scene.start().position(),
                        scene.start().sequence()));
    }

    private Front foreign(String what) {
        return new Front.Foreign(SegmentName.of(first), first, what);
    }

    /** The first mark is durable, and the header with it, before a second frame may follow: a frame behind that mark proves a header. */
    private boolean holdsRecords() throws IoFailure {
        long base = scene.start().position();
        FrameProbe probe = scene.probe();
        SegmentHeader assumed = scene.files().assumedHeader(0, first, base, 0);
        probe.lookAt(scene.files().file(first));
        int youngest = scene.slot() == null ? 0 : scene.slot().voidGeneration() + 1; // older marks were cut away before
        boolean isMark = probe.at(assumed, base, youngest) == FrameCursor.Outcome.FRAME
                && probe.cursor().kind() == FrameKind.MARK;
        if (!isMark) return false;
        long behind = base + probe.cursor().frameBytes();
        return probe.at(assumed, behind, probe.cursor().markGeneration()) == FrameCursor.Outcome.FRAME;
    }
}
