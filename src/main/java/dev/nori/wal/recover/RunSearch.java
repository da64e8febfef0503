package dev.nori.wal.recover;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.recover.FactFinding.Scene;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds everything behind a place of the log that can be proved. */
final class RunSearch {
    private final Scene scene;
    private final long logId;
    private final List<ProvedRun> runs = new ArrayList<>();
    private @Nullable RunBuilder run;

    RunSearch(Scene scene, long logId) {
        this.scene = scene;
        this.logId = logId;
    }

    /** What was found, in the order of the log. */
    List<ProvedRun> runs() {
        return runs;
    }

    /** The highest generation that was found; 0 if nothing was. */
    int generation() {
        return run == null ? 0 : run.generation();
    }

    /** The run that was found last, to go on behind it; null if there is none. */
    @Nullable RunBuilder last() {
        return run;
    }

    /** Searches behind the end of the chain: the rest of its last segment, and all segments after it. */
    void search() throws IoFailure {
        SegmentScan scan = scene.chain().lastScan();
        if (scan != null) {
            ScanState end = scan.state();
            run = new RunBuilder(
                    place(scan.header(), end.position()),
                    scan.why(),
                    scan.header(),
                    end.position(),
                    end.generation(),
                    end.sequence());
            walk(scan.header());
        }
        for (long id : scene.files().ids()) if (id >= scene.chain().nextId()) enter(id);
        finish();
    }

    private void finish() {
        RunBuilder done = run;
        if (done != null) {
            ProvedRun built = done.build();
            if (built.records() > 0) runs.add(built);
        }
    }

    // ---- segments

    private void enter(long id) throws IoFailure {
        SegmentHeader header = scene.files().header(id);
        if (header == null) {
            header = assumed(id);
            if (header == null) return;
            follow(header, ProvedRun.UNKNOWN, "the header is damaged");
            if (run != null && id == scene.start().segmentId()) run.guessedTimes();
        } else if (header.logId() == logId) {
            follow(header, header.baseSequence(), "the segment does not go on where the one before ends");
        }
    }

    private void follow(SegmentHeader header, long sequence, String why) throws IoFailure {
        RunBuilder before = run;
        if (before != null && goesOn(before, header, sequence) && sequence != ProvedRun.UNKNOWN) {
            before.enter(header, sequence);
        } else {
            long first = before != null && goesOn(before, header, sequence) ? before.nextSequence() : sequence;
            begin(header, header.basePosition(), header.generation(), first, why);
        }
        walk(header);
    }

    private static boolean goesOn(RunBuilder before, SegmentHeader header, long sequence) {
        return header.basePosition() == FrameLayout.blockCeil(before.end())
                && before.segmentId() == header.segmentId() - 1
                && (sequence == ProvedRun.UNKNOWN || before.accepts(sequence));
    }

    /** A segment without a header stands where the one before ends, if a frame does; the first one where the log begins. */
    private @Nullable SegmentHeader assumed(long id) throws IoFailure {
        RunBuilder before = run;
        boolean isFirst = id == scene.start().segmentId();
        if (!isFirst && (before == null || before.segmentId() != id - 1)) return null;
        long base = isFirst || before == null ? scene.start().position() : FrameLayout.blockCeil(before.end());
        int generation = isFirst || before == null ? 0 : before.generation();
        long millis = isFirst || before == null ? millisBehind(id) : before.millis();
        SegmentHeader like = scene.files().assumedHeader(logId, id, base, generation);
        SegmentHeader header = new SegmentHeader(logId, id, base, 0, millis, generation, like.segmentBytes(), 0);
        scene.probe().lookAt(scene.files().file(id));
        boolean stands = scene.probe().at(header, base, generation) == FrameCursor.Outcome.FRAME
                || new FrameSearch(scene.probe(), header, scene.files().file(id).size()).behind(base, generation)
                        != FrameSearch.NONE;
        return stands ? header : null;
    }

    /** When the next segment that has a header began: the time that is nearest to those of a first one without. */
    private long millisBehind(long id) throws IoFailure {
        for (long later : scene.files().ids()) {
            SegmentHeader header = later > id ? scene.files().header(later) : null;
            if (header != null && header.logId() == logId) return header.baseTimeMillis();
        }
        return 0;
    }

    // ---- frames

    private void walk(SegmentHeader header) throws IoFailure {
        FrameProbe probe = scene.probe();
        probe.lookAt(scene.files().file(header.segmentId()));
        FrameSearch search = new FrameSearch(
                probe, header, scene.files().file(header.segmentId()).size());
        while (true) {
            RunBuilder now = java.util.Objects.requireNonNull(run);
            FrameCursor.Outcome outcome = probe.at(header, now.end(), now.generation());
            if (outcome == FrameCursor.Outcome.UNSUPPORTED) throw unsupported(header, now.end());
            if (outcome == FrameCursor.Outcome.FRAME) {
                if (!now.take(probe.cursor())) beginAtMark(header, now.end());
                continue;
            }
            String why = probe.cursor().why().isEmpty()
                    ? "zeros where records were"
                    : probe.cursor().why();
            long next = search.behind(now.end(), now.generation());
            if (next == FrameSearch.NONE) next = behindALostMark(search, header, now);
            if (next == FrameSearch.NONE) return;
            begin(header, next, search.generation(), ProvedRun.UNKNOWN, why);
        }
    }

    /** The hole may hold the mark that began the generation of what follows: that of the next segment, or simply the next one. */
    private long behindALostMark(FrameSearch search, SegmentHeader header, RunBuilder now) throws IoFailure {
        SegmentHeader after = scene.files().header(header.segmentId() + 1);
        int later = after == null ? now.generation() + 1 : after.generation();
        scene.probe().lookAt(scene.files().file(header.segmentId()));
        if (Integer.compareUnsigned(later, now.generation()) <= 0) return FrameSearch.NONE;
        return search.behind(now.end(), later);
    }

    private void beginAtMark(SegmentHeader header, long at) {
        FrameCursor mark = scene.probe().cursor();
        begin(header, at, mark.markGeneration(), mark.markSequence(), "a mark counts other records than are there");
    }

    private void begin(SegmentHeader header, long from, int generation, long sequence, String why) {
        RunBuilder before = run;
        finish();
        Place at = new Place(SegmentName.of(header.segmentId()), header.segmentId(), 0);
        long first = sequence;
        if (before != null && before.segmentId() == header.segmentId()) {
            at = place(header, before.end());
            FrameCursor found = scene.probe().cursor();
            boolean isMark = found.kind() == FrameKind.MARK;
            if (sequence == ProvedRun.UNKNOWN && isMark) first = found.markSequence();
        }
        run = new RunBuilder(at, why, header, from, generation, first);
    }

    private static Place place(SegmentHeader header, long position) {
        return new Place(SegmentName.of(header.segmentId()), header.segmentId(), header.offsetOf(position));
    }

    private WalException.Unsupported unsupported(SegmentHeader header, long at) {
        return new WalException.Unsupported("%s offset=%d: %s"
                .formatted(
                        SegmentName.of(header.segmentId()),
                        header.offsetOf(at),
                        scene.probe().cursor().why()));
    }
}
