package dev.nori.wal.assembly;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Verdict;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.Idle;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.OverlayStorage;
import dev.nori.wal.io.Storage;
import dev.nori.wal.read.LogSource;
import dev.nori.wal.read.Readers;
import dev.nori.wal.read.Succession;
import dev.nori.wal.recover.Recovered;
import dev.nori.wal.recover.Recovery;
import dev.nori.wal.segment.SegmentCatalog;
import dev.nori.wal.segment.SegmentPins;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log as it was at a moment, recovered in memory: the same recovery as that of every open, on an {@link OverlayStorage}. The stage is
 * copied first: whatever its writer moves into the segments meanwhile is found in one of the two.
 */
record Snapshot(Recovered found, Readers readers) {
    private static final long RING_BYTES = 4096; // nothing is ever staged in it
    private static final long SEGMENT_BYTES = 1 << 20;

    /**
     * Takes one; null if there is no log.
     *
     * @param below the directory
     * @throws dev.nori.wal.WalException.Corrupt if it is damaged, or is being changed right now: look again
     */
    static @Nullable Snapshot take(Storage below, BooleanSupplier closed) throws IoFailure {
        OverlayStorage storage = new OverlayStorage(below);
        Recovered found = Recovery.run(storage, StageBytes.read(storage), 0);
        Recovered.Current current = found.current();
        if (current != null) current.file().close();
        if (found.verdict() instanceof Verdict.New) return null;
        return new Snapshot(found, new Readers(source(storage, found, closed)));
    }

    private static LogSource source(OverlayStorage storage, Recovered found, BooleanSupplier closed) throws IoFailure {
        SegmentCatalog catalog = new SegmentCatalog(
                storage, new SegmentPins(found.firstId()), found.firstId(), Math.max(1, found.segments()));
        if (found.segments() == 0) begin(storage, found);
        found.scanned().forEach(scanned -> catalog.put(scanned.header(), scanned.index()));
        Stage stage = new Stage(
                storage.map(StageFile.NAME, StageLayout.HEADER_BYTES + RING_BYTES),
                found.logId(),
                found.generation(),
                found.end(),
                found.tail());
        stage.countTo(found.nextSequence());
        return new LogSource(stage, storage, catalog, FsyncPolicy.os(), Idle.sleeping(), closed, new Succession());
    }

    /** A log of which everything was discarded has no segment until it is opened. */
    private static void begin(OverlayStorage storage, Recovered found) throws IoFailure {
        String name = SegmentName.of(found.firstId());
        ControlSlot slot = found.control();
        try (LogFile file =
                storage.list().contains(name) ? storage.open(name, Storage.Access.WRITE) : storage.create(name)) {
            var block = AlignedMemory.blocks(SegmentHeader.BLOCK_BYTES);
            new SegmentHeader(
                            slot.logId(),
                            found.firstId(),
                            found.first(),
                            found.firstSequence(),
                            0,
                            found.generation(),
                            SEGMENT_BYTES,
                            found.first())
                    .writeTo(block);
            file.write(0, block);
        }
    }
}
