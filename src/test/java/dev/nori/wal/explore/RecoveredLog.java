package dev.nori.wal.explore;

import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.frame.StoredRecord;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.recover.Recovered;
import dev.nori.wal.recover.Recovery;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Recovers a log and walks its frames, without the rest of what opening one does: no stage, no mark, no close. Many
 * more states can be looked at that way.
 */
final class RecoveredLog {
    private final MemorySegment stage;
    private final MemorySegment segment;
    private final FrameCursor cursor = new FrameCursor();

    /** Looks at logs of such a script, one after the other. */
    RecoveredLog(Script script) {
        this.stage = Arena.ofAuto().allocate(StageLayout.HEADER_BYTES + script.stageBytes(), FrameLayout.BLOCK_BYTES);
        this.segment = Arena.ofAuto().allocate(script.segmentBytes(), FrameLayout.BLOCK_BYTES);
    }

    /** Recovers the log of a disk, and hands out each record with its number. */
    Recovered recover(SimDisk disk, Visitor visitor) throws IoFailure {
        disk.contents(Assembly.STAGE_NAME, stage);
        Storage storage = disk.storage();
        Recovered found = Recovery.run(storage, stage, Rehearsal.LOG_ID);
        Recovered.Current current = found.current();
        if (current != null) current.file().close();
        long sequence = found.firstSequence();
        for (int i = 0; i < found.segments(); i++) {
            sequence = walk(storage, found.firstId() + i, sequence, found.end(), visitor);
        }
        return found;
    }

    /** Takes one record; false ends the walk. */
    interface Visitor {
        boolean visit(long sequence, StoredRecord record);
    }

    private long walk(Storage storage, long id, long first, long end, Visitor visitor) throws IoFailure {
        SegmentHeader header = load(storage, id);
        long sequence = first;
        int generation = header.generation();
        long position = header.basePosition();
        while (position < end) {
            long limit = header.framesEndPosition() - position;
            FrameCursor.Outcome outcome =
                    cursor.decode(segment, header.offsetOf(position), limit, position, generation, limit);
            if (outcome != FrameCursor.Outcome.FRAME) break;
            if (cursor.kind() == FrameKind.MARK) generation = cursor.markGeneration();
            for (int i = 0; i < cursor.recordCount(); i++) {
                if (!visitor.visit(sequence++, cursor.record(i))) return sequence;
            }
            position += cursor.frameBytes();
        }
        return sequence;
    }

    private SegmentHeader load(Storage storage, long id) throws IoFailure {
        try (LogFile file = storage.open(SegmentName.of(id), Storage.Access.READ)) {
            long got = file.read(0, segment);
            segment.asSlice(got).fill((byte) 0);
        }
        SegmentHeader.Parsed parsed = SegmentHeader.parse(segment.asSlice(0, FrameLayout.BLOCK_BYTES));
        if (parsed instanceof SegmentHeader.Parsed.Valid valid) return valid.header();
        throw new IoFailure(IoFailure.Kind.OTHER, 0, "segment " + id + " has no header: " + parsed, null);
    }
}
