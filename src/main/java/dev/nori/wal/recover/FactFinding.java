package dev.nori.wal.recover;

import dev.nori.wal.LostRange;
import dev.nori.wal.Position;
import dev.nori.wal.WalException;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.Marks;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.recover.Facts.Cut;
import dev.nori.wal.recover.Facts.End;
import dev.nori.wal.recover.Facts.Format;
import dev.nori.wal.recover.Facts.Front;
import dev.nori.wal.recover.Facts.Notes;
import dev.nori.wal.recover.Facts.Proof;
import dev.nori.wal.recover.Facts.Row;
import dev.nori.wal.recover.Facts.Staged;
import dev.nori.wal.segment.ControlFile;
import org.jspecify.annotations.Nullable;

/** Finds the facts that a verdict hangs on. Reads, and changes nothing. */
final class FactFinding {
    private final Scene scene;
    private final LeftStage stage;
    private final FrontOfLog front;
    private final Beyond beyond;

    FactFinding(Scene scene, LeftStage stage) {
        this.scene = scene;
        this.stage = stage;
        this.front = new FrontOfLog(scene);
        this.beyond = new Beyond(scene);
    }

    /** What stands behind the end. */
    TailSearch tail() {
        return beyond.tail();
    }

    /** Follows the chain of segments to its end and looks around. */
    Facts find() throws IoFailure {
        try {
            if (stage.file() instanceof StageFile.Unsupported stranger) return unknown(stranger.why());
            scene.chain().follow();
            Facts facts = known();
            return highestGeneration() == Marks.LAST_GENERATION ? unknown(Marks.NO_GENERATION_LEFT) : facts;
        } catch (WalException.Unsupported e) {
            return unknown(String.valueOf(e.getMessage()));
        }
    }

    /** The highest one that anything says was in force. */
    int highestGeneration() {
        int highest =
                Recovery.higher(beyond.tail().generation(), scene.chain().end().generation());
        ControlSlot slot = scene.slot();
        if (slot != null) highest = Recovery.higher(slot.voidGeneration(), highest);
        int staged = stage.ofThisLog().map(StageFile.Left::generation).orElse(highest);
        return Recovery.higher(staged, highest);
    }

    private static Facts unknown(String what) {
        return new Facts(
                new Format.Unknown(what),
                new Notes.Absent(),
                new Row.Unbroken(),
                new Front.NotBegun(),
                new Cut.None(),
                new End.Zeros(new Place("", 0, 0)),
                new Proof.None(),
                new Staged.Nothing(),
                LostRange.NO_RECORDS,
                0);
    }

    private Facts known() throws IoFailure {
        Row row = front.row();
        Front first = front.front();
        Cut cut = cut();
        if (cut instanceof Cut.None) beyond.search();
        End end = new EndOfLog(scene).end();
        Staged staged = staged(end);
        return new Facts(
                new Format.Known(),
                notes(),
                row,
                first,
                cut,
                end,
                proof(cut),
                staged,
                lost(staged),
                beyond.tail().bytes());
    }

    private Notes notes() {
        return switch (scene.control()) {
            // Who opened the log for the first time may have come no further than that.
            case ControlFile.Found found -> found.slot().isFirst() ? new Notes.Absent() : new Notes.Whole();
            case ControlFile.Damaged damaged -> new Notes.Lost(damaged.what());
            case ControlFile.Absent a ->
                scene.chain().known() && stage.remembersControl()
                        ? new Notes.Lost("the file is missing, and the stage remembers it")
                        : new Notes.Absent();
        };
    }

    private Cut cut() {
        Long cut = wantedCut();
        if (cut == null) return new Cut.None();
        long end = scene.chain().end().position();
        boolean reached = end == cut || FrameLayout.blockCeil(end) == cut; // a segment's base
        return reached ? new Cut.Reached() : new Cut.OutOfReach();
    }

    private @Nullable Long wantedCut() {
        ControlSlot slot = scene.slot();
        return slot == null ? null : slot.cut();
    }

    private Proof proof(Cut cut) {
        if (!(cut instanceof Cut.None)) return new Proof.None();
        long end = scene.chain().end().position();
        if (beyond.durable() > end) return new Proof.Behind();
        return elsewhere(end) > end ? new Proof.Elsewhere() : new Proof.None();
    }

    /** How far the stage and the checkpoint say that the log had been durable. */
    private long elsewhere(long end) {
        ControlSlot slot = scene.slot();
        return Math.max(stage.durable(), slot == null ? 0 : slot.durableBeyond(end));
    }

    private Staged staged(End end) {
        StageFile.Left left = stage.ofThisLog().orElse(null);
        if (stage.file() instanceof StageFile.Cut cut && !(end instanceof End.Closed)) return stagedInPart(cut, left);
        return left == null ? new Staged.Nothing() : staged(left);
    }

    private Staged staged(StageFile.Left left) {
        ScanState end = scene.chain().end();
        if (!drain(left).mayContinue(end)) return new Staged.Nothing();
        String unknown = drain(left).reach(end).unknown();
        if (unknown == null) return new Staged.Follows();
        throw new WalException.Unsupported(
                "the stage in %s: %s".formatted(scene.storage().directory(), unknown));
    }

    /** What is missing of the file may be what nobody needs. */
    private Staged stagedInPart(StageFile.Cut cut, StageFile.@Nullable Left left) {
        ScanState end = scene.chain().end();
        if (cut.left() != null && left == null) return new Staged.Nothing(); // another log's, or void
        if (left != null && left.staged() <= end.position()) return new Staged.Nothing();
        boolean whole = left != null
                && drain(left).mayContinue(end)
                && drain(left).reach(end).end() >= left.staged();
        if (left != null && whole) return staged(left);
        String what = "the file was cut to %d bytes: what a killed process had accepted and not written is lost"
                .formatted(cut.bytes());
        return new Staged.Lost(StageFile.NAME, cut.bytes(), what);
    }

    private StageDrain drain(StageFile.Left left) {
        return new StageDrain(scene.storage(), left, scene.chain().nextId() - 1);
    }

    private LostRange lost(Staged staged) {
        ScanState end = scene.chain().end();
        Long cut = wantedCut();
        long stagedEnd = staged instanceof Staged.Lost
                ? stage.ofThisLog().map(StageFile.Left::staged).orElse(0L)
                : 0;
        long to = Math.max(
                Math.max(beyond.durable(), elsewhere(end.position())), Math.max(cut == null ? 0 : cut, stagedEnd));
        return new LostRange(
                new Position(end.position()),
                new Position(Math.max(end.position(), to)),
                end.sequence(),
                Math.max(end.sequence(), beyond.sequence()));
    }

    /** Everything that is looked at. */
    record Scene(
            dev.nori.wal.io.Storage storage,
            SegmentFiles files,
            SegmentChain chain,
            FrameProbe probe,
            ControlFile.Reading control,
            dev.nori.wal.frame.LogStart start) {
        /** What is noted; null if nothing is. */
        @Nullable ControlSlot slot() {
            return control.slot();
        }

        /** Frames of older generations behind the end were cut away before, and prove nothing. */
        int youngest() {
            ControlSlot slot = slot();
            int generation = chain.end().generation();
            return slot == null ? generation : Recovery.higher(generation, slot.voidGeneration() + 1);
        }

        /** Whether a frame of the generation in force stands where the next segment's first one would. */
        boolean goesOnWithoutHeader(long id) throws IoFailure {
            int generation = chain.end().generation();
            if (generation != youngest()) return false;
            long base = FrameLayout.blockCeil(chain.end().position());
            probe.lookAt(files.file(id));
            return probe.at(files.assumedHeader(chain.logId(), id, base, generation), base, generation)
                    == FrameCursor.Outcome.FRAME;
        }
    }
}
