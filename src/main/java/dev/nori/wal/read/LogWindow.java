package dev.nori.wal.read;

import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledged bytes of one segment at a time, from its file where they are written, and from the stage where they are not
 * yet. A window in memory of its own that moves forward and grows for a large frame.
 */
final class LogWindow implements AutoCloseable {
    private static final long FIRST_BYTES = 4 << 10;
    private static final long STEP_BYTES = 256 << 10;

    private LogSource source;
    private MemorySegment memory = AlignedMemory.blocks(FIRST_BYTES);
    private MemorySegment readOnly = memory.asReadOnly();
    private long start;
    private long end;
    private @Nullable SegmentHeader header;
    private @Nullable LogFile file; // guarded by this: any thread may close it
    private @Nullable SegmentHeader pinned; // guarded by this, with the file
    private boolean closed; // guarded by this

    LogWindow(LogSource source) {
        this.source = source;
    }

    /** Goes on in the rooms that followed; {@link #enter} comes next. */
    void moveTo(LogSource next) {
        leave();
        source = next;
    }

    /**
     * Goes to a segment, unless it is there, and keeps it from being trimmed. The one place where a reader's file is opened. The segment
     * before is let go of only then: what lies behind a segment that is read stays.
     */
    void enter(SegmentHeader next) throws IoFailure {
        if (!isAt(next)) {
            if (!source.catalog().pin(next)) {
                throw Seek.trimmed(
                        "segment " + next.segmentId(), source.catalog().first());
            }
            leave();
            open(next);
        }
        header = next;
        start = end = next.basePosition();
    }

    private synchronized boolean isAt(SegmentHeader next) {
        return file != null && pinned != null && pinned.segmentId() == next.segmentId();
    }

    private void open(SegmentHeader next) throws IoFailure {
        LogFile opened;
        try {
            opened = source.storage().open(SegmentName.of(next.segmentId()), Storage.Access.READ);
        } catch (IoFailure e) {
            source.catalog().unpin(next);
            throw e;
        }
        hold(opened, next);
    }

    private synchronized void hold(LogFile opened, SegmentHeader next) {
        file = opened;
        pinned = next;
        if (closed) leave();
    }

    /** Gives the file back; {@link #enter} takes one again. The one place where a reader's file is closed. */
    synchronized void leave() {
        LogFile old = file;
        SegmentHeader left = pinned;
        file = null;
        pinned = null;
        if (old != null) old.close();
        if (left != null) source.catalog().unpin(left);
    }

    private synchronized LogFile file() {
        if (file == null) throw new IllegalStateException("the window is closed");
        return file;
    }

    MemorySegment memory() {
        return memory;
    }

    /** The same memory, to be shown to others. */
    MemorySegment readOnly() {
        return readOnly;
    }

    /** Where a position is in {@link #memory}, after {@link #load}. */
    long offset(long position) {
        return position - start;
    }

    /**
     * Makes bytes available.
     *
     * @return how many there are from {@code position} on, perhaps more than {@code wanted}; fewer at the end of what is
     *     acknowledged
     */
    long load(long position, long wanted) throws IoFailure {
        if (position < start || position + wanted > end) read(position, wanted);
        return end - position;
    }

    private void read(long position, long wanted) throws IoFailure {
        SegmentHeader segment = Objects.requireNonNull(header);
        long limit = Math.min(source.stage().committed(), segment.framesEndPosition());
        if (limit > source.stage().written()) limit = Math.min(limit, nextBase(segment));
        long to = Math.max(position, Math.min(limit, position + Math.max(wanted, STEP_BYTES)));
        if (to - position > memory.byteSize()) reserve(roomFor(to - position));
        start = position;
        end = position;
        while (end < to) end += fetch(segment, end, to);
    }

    /** Where the next segment begins, if there is one: from there on the stage holds its frames, at the same positions. */
    private long nextBase(SegmentHeader segment) throws IoFailure {
        SegmentHeader next = source.catalog().after(segment);
        return next == null ? Long.MAX_VALUE : next.basePosition();
    }

    private void reserve(long bytes) {
        memory = AlignedMemory.blocks(bytes);
        readOnly = memory.asReadOnly();
    }

    /** Twice what there was, or what is needed, so that a reader that follows the log soon has room enough. */
    private long roomFor(long bytes) {
        return Math.max(bytes, Math.min(STEP_BYTES, 2 * memory.byteSize()));
    }

    /** The next piece: from the file if it is there, else from the stage; nothing if it moved on meanwhile. */
    private long fetch(SegmentHeader segment, long from, long to) throws IoFailure {
        Stage stage = source.stage();
        long written = Math.min(to, stage.written());
        if (from < written) {
            MemorySegment target = memory.asSlice(from - start, written - from);
            long got = file().read(segment.offsetOf(from), target);
            if (got < written - from) target.asSlice(got).fill((byte) 0); // the file is shorter: nothing there
            return written - from;
        }
        return stage.copyOut(from, memory, from - start, to - from) ? to - from : 0;
    }

    @Override
    public synchronized void close() {
        closed = true;
        leave();
    }
}
