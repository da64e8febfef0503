package dev.nori.wal.recover;

import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.LogStart;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.segment.SegmentWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The segments of the log, one going on where the one before ends. Sealed ones are durable and are not read again; those after
 * the last sealed one are scanned, frame by frame. While a cut is under way the chain ends where the cut is.
 */
final class SegmentChain {
    /** How much of the log is scanned. */
    enum Depth {
        /** What no footer speaks for. */
        UNSEALED,
        /** All of it, and no footer is believed. */
        ALL
    }

    private final Depth depth;
    private final SegmentFiles files;
    private final SegmentWindow window;
    private final Optional<StageFile.Left> stage;
    private final @Nullable ControlSlot control;
    private final LogStart start;
    private final long limit;
    private final List<SegmentScan> scans = new ArrayList<>();

    private long last;
    private long sealedCount;
    private @Nullable ScanState sealedEnd;
    private long logId; // once known

    SegmentChain(
            Depth depth,
            SegmentFiles files,
            SegmentWindow window,
            Optional<StageFile.Left> stage,
            LogStart start,
            @Nullable ControlSlot control) {
        this.depth = depth;
        this.files = files;
        this.window = window;
        this.stage = stage;
        this.start = start;
        this.control = control;
        this.limit = control == null || control.cut() == null ? Long.MAX_VALUE : control.cut();
        this.logId = control == null ? 0 : control.logId();
    }

    /** Finds and scans all that goes on without a break. */
    void follow() throws IoFailure {
        last = lastBegun();
        scanFrom(firstUnsealed());
    }

    // ---- what was found

    /** Scanned segments, oldest first. */
    List<SegmentScan> scans() {
        return scans;
    }

    /** The last one that was scanned; null if none was. */
    @Nullable SegmentScan lastScan() {
        return scans.isEmpty() ? null : scans.getLast();
    }

    /** How many segments the log has. */
    int size() {
        return (int) sealedCount + scans.size();
    }

    /** The segment behind the last one. */
    long nextId() {
        return start.segmentId() + size();
    }

    /** The last segment that was begun, whether or not it belongs to the log. */
    long lastBegunId() {
        return last;
    }

    /** The id of the log, if {@link #isIdKnown}. */
    long logId() {
        return logId;
    }

    /** Whether anything says which log this is. */
    boolean isIdKnown() {
        return known() || control != null;
    }

    /** Whether there is a segment. */
    boolean known() {
        return sealedEnd != null || !scans.isEmpty();
    }

    /** What is known behind the last proved frame. */
    ScanState end() {
        if (!scans.isEmpty()) return scans.getLast().state();
        return sealedEnd != null ? sealedEnd : ScanState.empty(start, control == null ? 0 : control.voidGeneration());
    }

    /** Whether every segment was scanned, whatever its footer says. */
    boolean isScannedWhole() {
        return depth == Depth.ALL;
    }

    /** Whether the last frame is the mark of an orderly close. */
    boolean isClosed() {
        return !scans.isEmpty() && scans.getLast().state().closed();
    }

    /** Whether it is, and zeros follow. */
    boolean isClosedBeforeZeros() {
        return isClosed() && scans.getLast().outcome() == FrameCursor.Outcome.EMPTY;
    }

    // ---- which segments

    private long lastBegun() throws IoFailure {
        for (long id : files.ids().reversed()) {
            SegmentHeader header = files.header(id);
            if (header != null && !isCutOff(header)) return id;
        }
        return start.segmentId() - 1;
    }

    /** The first segment stays even if nothing of it does: so a cut needs no new one, and no space. */
    private boolean isCutOff(SegmentHeader header) {
        return header.basePosition() >= limit && header.segmentId() > start.segmentId();
    }

    /** The last segment before the first file that is missing; none if the log does not begin where it should. */
    private long lastInRow() throws IoFailure {
        SegmentHeader first = files.header(start.segmentId());
        if (first == null || !goesOnIn(first)) return start.segmentId() - 1;
        long id = start.segmentId();
        while (id < last && files.has(id + 1)) id++;
        return id;
    }

    /** The segment after the last sealed one; scanning begins there. */
    private long firstUnsealed() throws IoFailure {
        if (depth == Depth.ALL) return start.segmentId();
        for (long id = lastInRow(); id >= start.segmentId(); id--) {
            SegmentHeader header = files.header(id);
            SegmentFooter footer = header == null ? null : files.footer(header);
            if (footer == null || footer.endPosition() > limit) continue;
            sealedCount = id - start.segmentId() + 1;
            sealedEnd = ScanState.after(footer);
            logId = footer.logId();
            return id + 1;
        }
        return start.segmentId();
    }

    /** Goes on scanning behind the last segment, which was written to. */
    void scanOn() throws IoFailure {
        long next = nextId();
        files.ids().stream().filter(id -> id >= next).forEach(files::reread);
        scanFrom(next);
    }

    private void scanFrom(long id) throws IoFailure {
        for (long next = id; ; next++) {
            SegmentHeader header = headerOnDisk(next);
            if (header == null || isCutOff(header) || !goesOnIn(header)) return;
            ScanState state = known() ? end().entering(header) : ScanState.before(header);
            logId = header.logId();
            SegmentScan scan = new SegmentScan(header, files.file(next), window, state, limit);
            scan.run();
            scans.add(scan);
        }
    }

    /** The header, once the kernel has let go of all that may not be on the disk although it shows it. */
    private @Nullable SegmentHeader headerOnDisk(long id) throws IoFailure {
        SegmentHeader header = files.header(id);
        if (header == null) return null;
        files.file(id).forgetCached(firstDoubtful(header));
        files.reread(id);
        return files.header(id);
    }

    /** Where in a segment's file the bytes begin that the last process did not know to be durable. */
    private long firstDoubtful(SegmentHeader header) {
        long durable = stage.filter(left -> left.logId() == header.logId()
                        && Integer.compareUnsigned(left.generation(), header.generation()) >= 0)
                .map(StageFile.Left::durable)
                .orElse(0L);
        if (durable <= header.basePosition()) return 0;
        return header.offsetOf(FrameLayout.blockFloor(Math.min(durable, header.framesEndPosition())));
    }

    private boolean goesOnIn(SegmentHeader header) {
        if (known()) return end().continuesIn(header) && header.logId() == logId;
        return start.isIn(header) && (control == null || header.logId() == logId);
    }
}
