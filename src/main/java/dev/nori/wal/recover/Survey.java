package dev.nori.wal.recover;

import dev.nori.wal.LostRange;
import dev.nori.wal.Verdict;
import dev.nori.wal.WalException;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.LogStart;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.OverlayStorage;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.ControlFile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all of a log, sealed segments too, and finds what can be proved of it and how the rest can be taken away. Changes nothing: what
 * has to be changed to look further is changed in an overlay.
 */
public final class Survey {
    private static final int MOST_LOOKS = 3; // a lost control file, a lost stage, and what is left

    private final OverlayStorage storage;
    private StageFile stage;
    private @Nullable ControlSlot rebuilt;
    private boolean stageLost;
    private final List<Doubt> doubts = new ArrayList<>();

    private Survey(Storage below, MemorySegment stageFile) {
        this.storage = new OverlayStorage(below);
        this.stage = StageFile.parse(stageFile);
    }

    /** Something that is damaged, and what it puts in doubt. */
    public record Doubt(Verdict.Damage damage) {
        /** The part of the log. */
        public LostRange lost() {
            return damage.lost();
        }
    }

    /**
     * What was found.
     *
     * @param verdict the state the log is in
     * @param doubts each damage that was met on the way to the end of what is kept
     * @param keptEnd everything before stays in the log
     * @param keptSequence number of the next record there
     * @param runs what else can be proved
     * @param control what is to be noted to take the rest away; null if nothing is
     * @param stageLost whether the stage is to be given up
     * @param stage the stage, as far as it counts
     * @param files that will be changed, and those that are damaged
     * @param overlay the log as it is, and what the stage held in its place
     */
    public record Surveyed(
            Verdict verdict,
            List<Doubt> doubts,
            long keptEnd,
            long keptSequence,
            List<ProvedRun> runs,
            @Nullable ControlSlot control,
            boolean stageLost,
            StageFile stage,
            List<String> files,
            Storage overlay) {
        /** Whether there is nothing to do. */
        public boolean isSound() {
            return doubts.isEmpty();
        }
    }

    /**
     * Surveys the log of a directory.
     *
     * @param stageFile the stage, as the last process left it
     * @throws WalException.Unsupported if a later version wrote here
     */
    public static Surveyed of(Storage below, MemorySegment stageFile) throws IoFailure {
        return new Survey(below, stageFile).look();
    }

    private Surveyed look() throws IoFailure {
        for (int looks = 1; ; looks++) {
            try (Sight sight = Sight.open(storage, stage, SegmentChain.Depth.ALL)) {
                Facts facts = sight.finding().find();
                Verdict verdict = Verdicts.of(facts);
                if (verdict instanceof Verdict.Unsupported unsupported) {
                    throw new WalException.Unsupported(unsupported.what());
                }
                if (!(verdict instanceof Verdict.Damage damage)) return sound(verdict, sight);
                doubts.add(new Doubt(damage));
                if (looks == MOST_LOOKS || !isSetRight(facts, damage)) return damaged(damage, sight);
            }
        }
    }

    // ---- what can be set right without taking anything from the log

    private boolean isSetRight(Facts facts, Verdict.Damage damage) throws IoFailure {
        if (facts.notes() instanceof Facts.Notes.Lost) {
            rebuildControl();
            return true;
        }
        if (!damage.file().equals(StageFile.NAME)) return false;
        StageFile.Left left = stage.readable().orElse(null);
        stage = left == null ? new StageFile.Absent() : new StageFile.Whole(left);
        stageLost = true;
        return true;
    }

    /** What the segments say of where the log begins; what its user noted is lost. */
    private void rebuildControl() throws IoFailure {
        boolean isThere = storage.list().contains(ControlFile.NAME);
        ControlSlot slot = firstSlot();
        ControlSlot counted = isThere ? slot.next() : slot;
        new ControlFile(storage, counted).change(now -> now);
        rebuilt = counted;
    }

    private ControlSlot firstSlot() throws IoFailure {
        try (SegmentFiles files = new SegmentFiles(storage, 0)) {
            for (long id : files.ids()) {
                SegmentHeader header = files.header(id);
                if (header == null) continue;
                ControlSlot slot = ControlSlot.first(header.logId());
                if (files.has(0)) return slot;
                return slot.startingAt(new LogStart(id, header.basePosition(), header.baseSequence()));
            }
        }
        return ControlSlot.first(0);
    }

    // ---- what was found

    private Surveyed sound(Verdict verdict, Sight sight) {
        ScanState end = sight.scene().chain().end();
        Verdict first = doubts.isEmpty() ? verdict : doubts.getFirst().damage();
        List<String> files = new ArrayList<>();
        if (rebuilt != null) files.add(ControlFile.NAME);
        if (stageLost || rebuilt != null) files.add(StageFile.NAME);
        return result(first, end, List.of(), rebuilt, files);
    }

    private Surveyed damaged(Verdict.Damage damage, Sight sight) throws IoFailure {
        SegmentChain chain = sight.scene().chain();
        RunSearch search = search(sight);
        int generation = highestGeneration(sight, search);
        ControlSlot slot = sight.scene().slot();
        ControlSlot now = slot == null ? ControlSlot.first(logId(sight)) : slot;
        ControlSlot after = chain.known()
                ? now.cutting(chain.end().position(), generation)
                : now.resetTo(behindEverything(sight, search), generation);
        return result(doubts.getFirst().damage(), chain.end(), search.runs(), after, touched(sight, damage));
    }

    private Surveyed result(
            Verdict verdict, ScanState end, List<ProvedRun> runs, @Nullable ControlSlot control, List<String> files) {
        return new Surveyed(
                verdict,
                List.copyOf(doubts),
                end.position(),
                end.sequence(),
                runs,
                control,
                stageLost,
                stage,
                List.copyOf(files),
                storage);
    }

    /** Twice if the stage holds what follows: once it is moved to where it belongs it is searched with the rest. */
    private RunSearch search(Sight sight) throws IoFailure {
        RunSearch first = new RunSearch(sight.scene(), logId(sight));
        first.search();
        StageFile.Left left = sight.stage().ofThisLog().orElse(null);
        RunBuilder last = first.last();
        if (left == null || last == null) return first;
        ScanState end =
                new ScanState(last.end(), Math.max(0, last.nextSequence()), last.generation(), last.millis(), 0, false);
        StageDrain drain = new StageDrain(storage, left, last.segmentId());
        if (!drain.mayContinue(end)) return first;
        SegmentFiles files = sight.scene().files();
        drain.moveFrom(last.end(), last.header(), files.file(last.segmentId()));
        files.ids().stream().filter(id -> id > last.segmentId()).forEach(files::reread);
        RunSearch second = new RunSearch(sight.scene(), logId(sight));
        second.search();
        return second;
    }

    private static long logId(Sight sight) throws IoFailure {
        FactFinding.Scene scene = sight.scene();
        if (scene.chain().isIdKnown()) return scene.chain().logId();
        for (long id : scene.files().ids()) {
            SegmentHeader header = scene.files().header(id);
            if (header != null) return header.logId();
        }
        return sight.stage().file().readable().map(StageFile.Left::logId).orElse(0L);
    }

    private static int highestGeneration(Sight sight, RunSearch search) throws IoFailure {
        SegmentFiles files = sight.scene().files();
        int highest =
                Recovery.higher(search.generation(), sight.scene().chain().end().generation());
        highest = Recovery.higher(highest, sight.finding().tail().generation());
        for (long id : files.ids()) {
            SegmentHeader header = files.header(id);
            if (header != null) highest = Recovery.higher(highest, header.generation());
        }
        ControlSlot slot = sight.scene().slot();
        if (slot != null) highest = Recovery.higher(highest, slot.voidGeneration());
        int staged =
                sight.stage().file().readable().map(StageFile.Left::generation).orElse(highest);
        return Recovery.higher(highest, staged);
    }

    /** Nothing of the log can stay: it goes on behind all positions that may have been used. */
    private static LogStart behindEverything(Sight sight, RunSearch search) throws IoFailure {
        SegmentFiles files = sight.scene().files();
        LogStart start = sight.scene().start();
        long position = search.runs().isEmpty()
                ? start.position()
                : search.runs().getLast().to();
        long bytes = 0;
        for (long id : files.ids()) {
            bytes += FrameLayout.blockCeil(files.file(id).size());
            SegmentHeader header = files.header(id);
            if (header != null) position = Math.max(position, header.framesEndPosition());
        }
        long lastId =
                files.ids().isEmpty() ? start.segmentId() - 1 : files.ids().getLast();
        return new LogStart(lastId + 1, FrameLayout.blockCeil(position + bytes), start.sequence());
    }

    /** Everything from the first segment that is not kept whole. */
    private List<String> touched(Sight sight, Verdict.Damage damage) {
        SegmentScan scan = sight.scene().chain().lastScan();
        long first = scan == null ? Long.MIN_VALUE : scan.header().segmentId();
        List<String> touched = new ArrayList<>(sight.scene().files().names(first));
        touched.add(damage.file());
        touched.add(ControlFile.NAME);
        touched.add(StageFile.NAME);
        return touched.stream().distinct().toList();
    }
}
