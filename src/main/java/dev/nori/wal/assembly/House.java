package dev.nori.wal.assembly;

import dev.nori.wal.WalConfig;
import dev.nori.wal.append.Completions;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.ControlFile;
import dev.nori.wal.segment.SegmentPins;
import dev.nori.wal.segment.SpareSegments;

/**
 * What stays while the rooms of a log are exchanged: the directory with its lock, the mapped stage, the control file, who
 * reads, and who waits for a future.
 *
 * @param mapped the stage; each generation of rooms begins it anew
 * @param closing gives all of it back, the rooms that are in use before
 */
record House(
        Storage storage,
        WalConfig config,
        Surroundings world,
        MappedMemory mapped,
        ControlFile control,
        SegmentPins pins,
        SpareSegments spares,
        Completions completions,
        Closing closing) {
    /** The first segment has a header that is durable: from here on a missing one is damage. */
    void noteBegun() throws IoFailure {
        if (control.current().front() == ControlSlot.Front.BEGUN) return;
        control.change(ControlSlot::begun);
    }
}
