package dev.nori.wal.append;

import dev.nori.wal.frame.FrameDraft;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.Marks;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.handoff.Idle;
import dev.nori.wal.handoff.Roll;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.segment.IndexBuilder;
import dev.nori.wal.segment.PreparedSegment;
import dev.nori.wal.segment.SegmentCatalog;
import dev.nori.wal.segment.SegmentSupply;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log: where the next frame goes, and in which segment. One caller at a time has its turn here; the
 * {@link Appender}'s lock sees to that.
 *
 * <p>A frame is placed in four steps: room in a segment (perhaps a new one), a mark if the log became durable since the last one,
 * room in the ring, and the bytes. Everything that can be refused is refused in the first step, before a byte is taken.
 */
public final class LogEnd {
    private static final long MAX_TIME_DELTA = 0xFFFF_FFFFL;

    private final Stage stage;
    private final SegmentSupply supply;
    private final SegmentCatalog catalog;
    private final LongSupplier clockMillis;
    private final Patience patience;
    private final long logId;
    private final int generation;
    private final RingFrames frames;
    private final long limitBytes;

    private @Nullable Filling filling;
    private long position;
    private long sequence;
    private long timeMillis;
    private long marked;

    /** The segment that is being filled. */
    private static final class Filling {
        final SegmentHeader header;
        final IndexBuilder index;
        final LogFile file;
        final long limit;
        long ownedBytes;
        long endPosition;
        long endSequence;
        int endGeneration;

        Filling(SegmentHeader header, IndexBuilder index, LogFile file, long ownedBytes) {
            this.header = header;
            this.index = index;
            this.file = file;
            this.ownedBytes = ownedBytes;
            this.limit = header.framesEndPosition() - FrameLayout.MARK_BYTES; // the closing mark always fits
        }
    }

    /**
     * What the log looks like where it goes on.
     *
     * @param position end of the last frame
     * @param sequence of the next record
     * @param timeMillis of the last record
     * @param generation of this open
     */
    public record Start(long logId, long position, long sequence, long timeMillis, int generation) {}

    /** The segment in which the log goes on. */
    public record Resume(SegmentHeader header, IndexBuilder index, LogFile file, long ownedBytes) {}

    /** The end of a log that was recovered; {@code resume} is null if the next frame begins a segment. */
    public LogEnd(
            Stage stage,
            SegmentSupply supply,
            SegmentCatalog catalog,
            LongSupplier clockMillis,
            Idle idle,
            Start start,
            @Nullable Resume resume) {
        this.stage = stage;
        this.supply = supply;
        this.catalog = catalog;
        this.clockMillis = clockMillis;
        this.patience = new Patience(stage, idle);
        this.frames = new RingFrames(stage, patience);
        this.logId = start.logId();
        this.generation = start.generation();
        this.position = start.position();
        this.sequence = start.sequence();
        stage.countTo(sequence);
        this.timeMillis = start.timeMillis();
        this.marked = start.position();
        SegmentHeader any = new SegmentHeader(logId, 0, 0, 0, 0, generation, supply.segmentBytes(), 0);
        this.limitBytes = any.framesEndPosition() - 2L * FrameLayout.MARK_BYTES;
        if (resume != null) {
            filling = new Filling(resume.header(), resume.index(), resume.file(), resume.ownedBytes());
        }
    }

    /** The footer of the segment in which the log went on, for when it is full. */
    public Supplier<SegmentFooter> footerOfCurrent() {
        Filling current = filling;
        if (current == null) throw new IllegalStateException("no segment is being filled");
        return () -> footerOf(current);
    }

    private static SegmentFooter footerOf(Filling full) {
        return full.index.footer(full.endPosition, full.endSequence, full.endGeneration);
    }

    /** Where the next frame goes, or a little before. */
    long position() {
        return position;
    }

    /** Whether there is no segment at all, and the next frame begins the first one. */
    boolean hasNoSegment() {
        return catalog.size() == 0;
    }

    /**
     * The segment that would be the next. Nothing may be placed any more.
     *
     * @throws dev.nori.wal.WalException.Full if there is none, nor space for one
     */
    PreparedSegment takeNext() {
        return awaitNext();
    }

    /** The number the next record gets. */
    long sequence() {
        return sequence;
    }

    /** The largest frame that is accepted, in bytes. */
    long limitBytes() {
        return limitBytes;
    }

    /** The largest frame whose payload is asked for only once, in bytes. */
    long wholeBytes() {
        return frames.wholeBytes();
    }

    /**
     * Places a frame of records and commits it.
     *
     * @return where it starts; it ends {@link FrameLayout#frameBytes} later
     */
    long place(FrameDraft draft) {
        long bytes = FrameLayout.frameBytes(draft.payloadBytes());
        Filling segment = makeRoom(bytes);
        long start = position;
        frames.put(start, timeDelta(segment), draft, generation);
        segment.index.note(start, sequence, timeMillis, generation);
        sequence += draft.count();
        position = start + bytes;
        stage.commit(position);
        stage.countTo(sequence);
        return start;
    }

    /** Places a mark and commits it. */
    void mark(int reason) {
        Filling segment = reason == Marks.CLOSE && filling != null ? filling : makeRoomFor(FrameLayout.MARK_BYTES);
        timeMillis = Math.max(timeMillis, clockMillis.getAsLong());
        putMark(segment, reason);
        stage.commit(position);
    }

    // ---- room

    private Filling makeRoom(long bytes) {
        boolean markDue = stage.durable() > marked;
        Filling segment = makeRoomFor(markDue ? bytes + FrameLayout.MARK_BYTES : bytes);
        if (markDue && stage.durable() > marked)
            putMark(segment, Marks.GROUP); // there is room for it only if it was due
        return segment;
    }

    private Filling makeRoomFor(long bytes) {
        timeMillis = Math.max(timeMillis, clockMillis.getAsLong());
        Filling segment = filling;
        if (segment == null || position + bytes > segment.limit || isTooOld(segment)) segment = roll();
        long endPosition = position + bytes + FrameLayout.MARK_BYTES;
        own(segment, segment.header.offsetOf(FrameLayout.blockCeil(endPosition)));
        return segment;
    }

    private boolean isTooOld(Filling segment) {
        return timeMillis - segment.header.baseTimeMillis() > MAX_TIME_DELTA;
    }

    private int timeDelta(Filling segment) {
        return (int) (timeMillis - segment.header.baseTimeMillis());
    }

    private Filling roll() {
        Filling full = filling;
        if (full != null) own(full, full.header.segmentBytes()); // its footer must not be in want of space
        PreparedSegment next = awaitNext();
        long durable = stage.durable();
        SegmentHeader header = new SegmentHeader(
                logId,
                next.id(),
                FrameLayout.blockCeil(position),
                sequence,
                timeMillis,
                generation,
                next.bytes(),
                durable);
        if (full != null) {
            full.endPosition = position;
            full.endSequence = sequence;
            full.endGeneration = generation;
        }
        Filling begun = new Filling(header, new IndexBuilder(header), next.file(), next.ownedBytes());
        Roll roll = new Roll(position, header, next.file(), () -> footerOf(begun));
        for (int round = 0; !stage.offerRoll(roll); round++) patience.await(round);
        catalog.put(header, begun.index);
        position = header.basePosition();
        marked = durable;
        filling = begun;
        return begun;
    }

    private PreparedSegment awaitNext() {
        supply.ask();
        for (int round = 0; ; round++) {
            PreparedSegment next = supply.poll();
            if (next != null) return next;
            patience.await(round);
        }
    }

    /** Without preallocation: takes the space before the bytes are accepted, some way ahead. */
    private void own(Filling segment, long bytes) {
        if (bytes <= segment.ownedBytes) return;
        long step = 1 << 20;
        long target = Math.min(segment.header.segmentBytes(), FrameLayout.alignUp(bytes, step));
        supply.grow(segment.file, target);
        for (int round = 0; !supply.grown(); round++) patience.await(round);
        segment.ownedBytes = target;
    }

    private void putMark(Filling segment, int reason) {
        long durable = stage.durable();
        frames.putMark(position, timeDelta(segment), durable, sequence, generation, reason);
        position += FrameLayout.MARK_BYTES;
        marked = durable;
    }
}
