package dev.nori.wal.verify;

import dev.nori.wal.Compression;
import dev.nori.wal.VerifyFinding.DamagedValue;
import dev.nori.wal.codec.CodecException;
import dev.nori.wal.codec.Codecs;
import dev.nori.wal.codec.ValueBuffer;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.RecordShape;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the frames in the stage that go on where those in the segments end. That there are fewer than its cursors say is no damage: after
 * a power cut they are a hint.
 */
final class Staged {
    private final StageFile.Left left;
    private final long from;
    private final long lastSegmentId;
    private final long firstSequence;
    private final FrameCursor cursor = new FrameCursor();
    private final ValueBuffer values = new ValueBuffer();
    private final List<DamagedValue> damaged = new ArrayList<>();
    private MemorySegment bytes = MemorySegment.NULL;
    private long end;
    private int generation;
    private long records;
    private @Nullable String unknown;

    private Staged(StageFile.Left left, EndCheck.End at) {
        this.left = left;
        this.from = at.position();
        this.end = from;
        this.generation = at.generation();
        this.lastSegmentId = at.segmentId();
        this.firstSequence = at.sequence();
    }

    /**
     * What was found.
     *
     * @param end behind the last frame
     * @param records how many there are
     * @param damaged values that cannot be decompressed
     * @param unknown what this version does not know of the frame behind them; null if there is nothing of the kind
     */
    record Found(
            long end,
            long records,
            List<DamagedValue> damaged,
            @Nullable String unknown) {}

    /** Follows them from the end of the segments on; without a stage there are none. */
    static Found follow(StageFile.@Nullable Left left, EndCheck.End at, Storage storage) throws IoFailure {
        boolean holdsMore = left != null
                && left.staged() > at.position()
                && left.oldest() <= Math.max(at.position(), left.written());
        if (left == null || !holdsMore) return new Found(at.position(), 0, List.of(), null);
        Staged staged = new Staged(left, at);
        staged.load(at, storage);
        staged.walk();
        return new Found(staged.end, staged.records, staged.damaged, staged.unknown);
    }

    /** The ring, and before it what it no longer holds of a large frame, which is in the segment already. */
    private void load(EndCheck.End at, Storage storage) throws IoFailure {
        long oldest = left.oldest() > from ? FrameLayout.blockCeil(left.oldest()) : from;
        if (oldest >= left.staged()) return;
        SegmentHeader header = at.header();
        if (oldest > from && (header == null || oldest > header.framesEndPosition())) return;
        if (oldest > from && header != null) {
            try (LogFile file = storage.open(SegmentName.of(header.segmentId()), Storage.Access.READ)) {
                if (file.size() < header.offsetOf(oldest)) return;
                bytes = AlignedMemory.blocks(left.staged() - from);
                file.read(header.offsetOf(from), bytes.asSlice(0, oldest - from));
            }
        } else {
            bytes = AlignedMemory.blocks(left.staged() - from);
        }
        left.ring().copyTo(oldest, bytes, oldest - from, left.staged() - oldest);
    }

    private void walk() {
        boolean more = true;
        while (more && end < from + bytes.byteSize()) {
            long room = from + bytes.byteSize() - end;
            more = switch (cursor.decode(bytes, end - from, room, end, generation, room)) {
                case FRAME -> take();
                case UNSUPPORTED -> refuse();
                case EMPTY, INCOMPLETE, DAMAGED -> beginSegment();
            };
        }
    }

    private boolean take() {
        if (cursor.kind() == FrameKind.MARK) generation = cursor.markGeneration();
        for (int i = 0; i < cursor.recordCount(); i++) check(cursor.select(i), firstSequence + records + i);
        records += cursor.recordCount();
        end += cursor.frameBytes();
        return true;
    }

    private void check(RecordShape record, long sequence) {
        if (record.compression() == Compression.NONE || !Codecs.isAvailable(record.compression())) return;
        try {
            values.decompress(
                    record.compression(), bytes, record.valueOffset(), record.valueBytes(), record.rawValueBytes());
        } catch (CodecException e) {
            long position = end + record.offsetInFrame();
            damaged.add(new DamagedValue(
                    Places.inStage(
                            StageLayout.HEADER_BYTES + position % left.ring().bytes(),
                            Places.range(position, end + record.endInFrame()),
                            Places.range(sequence, sequence + 1)),
                    "the value cannot be decompressed: " + e.getMessage()));
        }
    }

    private boolean refuse() {
        unknown = cursor.why();
        return false;
    }

    /** Goes on in the segment that begins behind the last frame, if one does and that was not tried yet. */
    private boolean beginSegment() {
        long here = end;
        Optional<SegmentHeader> next = left.beginnings().stream()
                .filter(b -> b.previousEnd() == here && b.header().segmentId() > lastSegmentId)
                .map(StageFile.Beginning::header)
                .filter(header -> header.basePosition() == FrameLayout.blockCeil(here)
                        && header.basePosition() >= left.oldest()
                        && header.logId() == left.logId()
                        && header.generation() == left.generation())
                .min(Comparator.comparingLong(SegmentHeader::segmentId));
        if (next.isEmpty()) return false;
        long base = next.get().basePosition();
        if (base == end && generation == next.get().generation()) return false;
        end = base;
        generation = next.get().generation();
        return true;
    }
}
