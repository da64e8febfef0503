package dev.nori.wal.recover;

import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves what a killed process left in the stage into the segment files, to where its writer would have put it. Moves bytes and
 * believes nothing: the scan that follows decides what of it is a frame.
 */
final class StageDrain {
    private static final long PIECE_BYTES = 1 << 20;

    private final Storage storage;
    private final StageFile.Left left;
    private final long currentId;

    /**
     * A drain of that stage.
     *
     * @param currentId the segment in which the frames end; -1 if there is none yet
     */
    StageDrain(Storage storage, StageFile.Left left, long currentId) {
        this.storage = storage;
        this.left = left;
        this.currentId = currentId;
    }

    /** Whether the stage may hold the frame that would follow {@code state}. */
    boolean mayContinue(ScanState state) {
        long end = state.position();
        if (left.staged() <= end || left.oldest() > Math.max(end, left.written())) return false;
        if (left.oldest() > end) return true; // a large frame whose first part is in the segment
        if (beginningAfter(end).filter(b -> b.previousEnd() == end).isPresent()) return true;
        long length = left.staged() - end;
        MemorySegment bytes = AlignedMemory.blocks(length);
        left.ring().copyTo(end, bytes, 0, length);
        FrameCursor.Outcome outcome =
                new FrameCursor().decode(bytes, 0, length, end, state.generation(), FrameLayout.MAX_PAYLOAD_BYTES);
        return outcome == FrameCursor.Outcome.FRAME || outcome == FrameCursor.Outcome.UNSUPPORTED;
    }

    /**
     * How far the frames go that follow the end.
     *
     * @param end of the last one that is right
     * @param unknown what this version does not know of the next one; null if there is none, or it is no frame
     */
    record Reach(long end, @Nullable String unknown) {}

    /** Follows the frames behind {@code state}, as far as the ring holds them. */
    Reach reach(ScanState state) {
        long from = state.position();
        if (left.oldest() > from) return new Reach(from, null); // in the middle of a large frame
        MemorySegment bytes = AlignedMemory.blocks(left.staged() - from);
        left.ring().copyTo(from, bytes, 0, bytes.byteSize());
        FrameCursor cursor = new FrameCursor();
        long at = from;
        long begun = -1;
        int generation = state.generation();
        while (at < left.staged()) {
            long room = left.staged() - at;
            FrameCursor.Outcome outcome = cursor.decode(bytes, at - from, room, at, generation, room);
            if (outcome == FrameCursor.Outcome.UNSUPPORTED) return new Reach(at, cursor.why());
            if (outcome == FrameCursor.Outcome.FRAME) {
                if (cursor.kind() == FrameKind.MARK) generation = cursor.markGeneration();
                at += cursor.frameBytes();
                continue;
            }
            StageFile.Beginning next = beginningAfter(at).orElse(null);
            if (next == null || next.previousEnd() != at || next.header().basePosition() == begun) break;
            begun = at = next.header().basePosition();
            generation = next.header().generation();
        }
        return new Reach(at, null);
    }

    /**
     * Writes the stage's bytes from {@code end} on into the files.
     *
     * @param current the segment in which the frames end, or null if there is none yet
     * @param file of {@code current}
     */
    void moveFrom(long end, @Nullable SegmentHeader current, @Nullable LogFile file) throws IoFailure {
        long from = end;
        if (current != null && file != null) {
            // What the ring no longer holds of a large frame is in the segment already.
            if (left.oldest() > end) from = FrameLayout.blockCeil(left.oldest());
            move(current, file, from, stop(end));
        }
        long at = end;
        for (Optional<StageFile.Beginning> next = beginningAfter(at); next.isPresent(); next = beginningAfter(at)) {
            SegmentHeader header = next.get().header();
            if (!begin(header)) return;
            at = header.basePosition() + 1;
        }
    }

    private boolean begin(SegmentHeader header) throws IoFailure {
        String name = SegmentName.of(header.segmentId());
        boolean whole = header.basePosition() >= left.oldest();
        if (!whole || !storage.list().contains(name)) return false;
        try (LogFile file = storage.open(name, Storage.Access.WRITE)) {
            file.forgetCached(0);
            MemorySegment block = AlignedMemory.blocks(FrameLayout.BLOCK_BYTES);
            header.writeTo(block);
            file.write(0, block);
            move(header, file, header.basePosition(), stop(header.basePosition() + 1));
            return true;
        }
    }

    /** Where the segment ends that holds the bytes before {@code position}. */
    private long stop(long position) {
        return beginningAfter(position).map(StageFile.Beginning::previousEnd).orElse(left.staged());
    }

    /** The first segment that begins within the stage at or after a position. */
    private Optional<StageFile.Beginning> beginningAfter(long position) {
        return beginnings().stream()
                .filter(b -> b.header().basePosition() >= position)
                .findFirst();
    }

    private List<StageFile.Beginning> beginnings() {
        return left.beginnings().stream()
                .filter(b -> b.header().segmentId() > currentId
                        && b.header().logId() == left.logId()
                        && b.header().generation() == left.generation()
                        && b.header().basePosition() < left.staged())
                .sorted(Comparator.comparingLong(b -> b.header().basePosition()))
                .toList();
    }

    private void move(SegmentHeader header, LogFile file, long from, long to) throws IoFailure {
        long limit = Math.min(to, header.framesEndPosition()); // after a power cut the cursors may say anything
        if (from >= limit) return;
        long needed = FrameLayout.blockCeil(limit) - FrameLayout.blockFloor(from);
        MemorySegment buffer = AlignedMemory.blocks(Math.min(PIECE_BYTES, needed));
        long at = from;
        while (at < limit) {
            long block = FrameLayout.blockFloor(at);
            long end = Math.min(limit, block + PIECE_BYTES);
            MemorySegment piece = buffer.asSlice(0, FrameLayout.blockCeil(end) - block);
            piece.fill((byte) 0);
            if (block < at) file.read(header.offsetOf(block), piece.asSlice(0, FrameLayout.BLOCK_BYTES));
            left.ring().copyTo(at, piece, at - block, end - at);
            if (block < at) piece.asSlice(end - block).fill((byte) 0);
            file.write(header.offsetOf(block), piece);
            at = end;
        }
    }
}
