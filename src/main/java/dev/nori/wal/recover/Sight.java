package dev.nori.wal.recover;

import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.LogStart;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.ControlFile;
import dev.nori.wal.segment.SegmentWindow;

/** Everything there is to look at when a log is opened, with the files open. */
record Sight(FactFinding.Scene scene, LeftStage stage, FactFinding finding) implements AutoCloseable {
    /** Opens what there is; nothing is scanned yet. */
    static Sight open(Storage storage, StageFile stage, SegmentChain.Depth depth) throws IoFailure {
        ControlFile.Reading control = ControlFile.read(storage);
        ControlSlot slot = control.slot();
        LogStart start = slot == null ? LogStart.OF_ALL : slot.start();
        SegmentFiles files = new SegmentFiles(storage, start.segmentId());
        SegmentWindow window = new SegmentWindow();
        SegmentChain chain = new SegmentChain(depth, files, window, stage.readable(), start, slot);
        FactFinding.Scene scene = new FactFinding.Scene(storage, files, chain, new FrameProbe(window), control, start);
        LeftStage left = new LeftStage(stage, chain, slot);
        return new Sight(scene, left, new FactFinding(scene, left));
    }

    @Override
    public void close() {
        scene.files().close();
    }
}
