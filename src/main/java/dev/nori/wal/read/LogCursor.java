package dev.nori.wal.read;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalException;
import dev.nori.wal.codec.CodecException;
import dev.nori.wal.codec.Codecs;
import dev.nori.wal.codec.ValueBuffer;
import dev.nori.wal.frame.RecordShape;
import dev.nori.wal.io.IoFailure;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Goes from record to record, and shows each where it stands. */
final class LogCursor implements WalCursor {
    private static final long NOT_LOST = -1;

    private final ReadBound bound;
    private final FrameWalk walk;
    private final ValueBuffer buffer = new ValueBuffer();
    private final BufferView keyView = new BufferView();
    private final BufferView valueView = new BufferView();
    private final Vigil vigil;
    private final Runnable open = this::checkOpen; // made once: going on costs no memory
    private final Trouble.Question<Boolean> hold = this::hold;
    private volatile boolean closed;

    private LogSource source;
    private long lost = NOT_LOST; // where it was when the rooms were exchanged, until it is there again
    private long lostSequence; // the number of the record that was next there
    private long end = Long.MAX_VALUE; // nothing from there on is shown
    private long whole; // up to there nothing may be cut away, wherever this is
    private int upcoming; // which record of the frame is next
    private long offset; // where in the frame that one begins
    private @Nullable RecordShape shown;
    private @Nullable MemorySegment raw; // begins with the value of what is shown, once it was decompressed

    /** A cursor that is nowhere yet; one of the moves below comes first. */
    LogCursor(LogSource source, ReadBound bound) {
        this.source = source;
        this.bound = bound;
        this.walk = new FrameWalk(source);
        this.vigil = new Vigil(source, bound);
    }

    // ---- being somewhere

    /**
     * Goes to a position on the rooms of the source.
     *
     * @return this; closed if it fails
     * @throws IllegalArgumentException if no record starts or ends there
     * @throws WalException.Truncated if the log begins after it
     */
    LogCursor at(Position position) {
        return move(() -> Seek.position(source, walk, position.bytes()));
    }

    /**
     * Goes to a record; to the end of what may be seen if it is the next one.
     *
     * @throws IllegalArgumentException if there is no such record yet
     * @throws WalException.Truncated if the log begins after it
     */
    LogCursor atSequence(long sequence) {
        return move(() -> Seek.sequence(source, walk, sequence, source.limit(bound)));
    }

    /** Goes to the first record that is not older, or to the end of what may be seen. */
    LogCursor atTime(Instant time) {
        return move(() -> Seek.time(source, walk, time, source.limit(bound)));
    }

    /** Shows nothing from a position on, whatever comes. */
    LogCursor until(long endPosition) {
        end = endPosition;
        return this;
    }

    /** Ends with {@link WalException.Truncated} once the log is cut before a position, however far this got. */
    LogCursor whole(long endPosition) {
        whole = endPosition;
        return this;
    }

    /** Like {@link #at}, in these rooms, which may be others than before; stays open if it fails. */
    LogCursor moveTo(LogSource rooms, Position position) {
        show(null);
        lost = NOT_LOST;
        if (!rooms.equals(source)) enter(rooms);
        arrive(() -> Seek.position(source, walk, position.bytes()));
        return this;
    }

    private LogCursor move(Trouble.Question<Integer> seek) {
        show(null);
        try {
            arrive(seek);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Gives the file back until the next move. */
    void rest() {
        show(null);
        walk.rest();
    }

    // ---- going on

    @Override
    public boolean next() {
        letGo();
        if (!look()) return false;
        show(walk.frame().select(upcoming++));
        offset = shape().endInFrame();
        return true;
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
        letGo();
        return vigil.keep(atMost, this::look);
    }

    private boolean look() {
        while (true) {
            try {
                if (lost != NOT_LOST || source.succession().hasBegun()) moveOn();
                return Trouble.told(open, hold);
            } catch (WalException.Corrupt | WalException.CannotRead | IllegalStateException e) {
                if (!source.succession().hasBegun()) throw e; // else it was cut while we read
            }
        }
    }

    /** The rooms were exchanged: goes to the same place in those that followed, unless it was cut away. */
    private void moveOn() {
        checkOpen();
        if (lost == NOT_LOST) {
            lost = resumeBytes(); // a cut at the start of a batch leaves who stands before its first record
            lostSequence = walk.sequence() + upcoming;
        }
        walk.rest();
        while (source.succession().hasBegun()) {
            Succession.Heir heir = source.succession().await(source);
            long kept = Math.max(lost, whole);
            if (kept > heir.cut()) throw Trouble.told(open, () -> Seek.cutAway(kept, heir));
            lost = Math.min(lost, heir.end());
            enter(heir.source());
        }
        arrive(() -> Seek.again(source, walk, lost, lostSequence));
        lost = NOT_LOST;
    }

    private void enter(LogSource rooms) {
        source = rooms;
        walk.moveTo(rooms);
        vigil.moveTo(rooms);
    }

    private void arrive(Trouble.Question<Integer> seek) {
        upcoming = Trouble.told(open, seek);
        offset = walk.isHolding() ? walk.frame().select(upcoming).offsetInFrame() : 0;
    }

    /** Where reading goes on with the record that is next: where its frame begins, if it is the first one there. */
    long resumeBytes() {
        return upcoming == 0 ? walk.position() : nextPositionBytes();
    }

    /** Where the frame begins of the record that is next, which must be its first one: batches are not split. */
    long frameStart() {
        if (!walk.isHolding() || upcoming == 0) return walk.position();
        throw new IllegalArgumentException(
                "position %d is within a batch, which stays whole or goes whole".formatted(nextPositionBytes()));
    }

    private boolean hold() throws IoFailure {
        return walk.hold(Math.min(end, source.limit(bound)));
    }

    private void letGo() {
        boolean done = shown != null && upcoming == walk.frame().recordCount();
        show(null);
        if (!done) return;
        walk.leave();
        upcoming = 0;
        offset = 0;
    }

    private void show(@Nullable RecordShape record) {
        shown = record;
        raw = null;
    }

    // ---- what is shown

    @Override
    public MemorySegment key() {
        RecordShape record = shape();
        return walk.readOnly().asSlice(record.keyOffset(), record.keyBytes());
    }

    @Override
    public MemorySegment value() {
        RecordShape record = shape();
        return valueMemory(record).asSlice(valueOffset(record), record.rawValueBytes());
    }

    @Override
    public ByteBuffer keyBuffer() {
        RecordShape record = shape();
        return keyView.of(walk.readOnly(), record.keyOffset(), record.keyBytes());
    }

    @Override
    public ByteBuffer valueBuffer() {
        RecordShape record = shape();
        return valueView.of(valueMemory(record), valueOffset(record), record.rawValueBytes());
    }

    private static boolean isStoredAsItIs(RecordShape record) {
        return record.rawValueBytes() == record.valueBytes(); // what is compressed is shorter
    }

    private static long valueOffset(RecordShape record) {
        return isStoredAsItIs(record) ? record.valueOffset() : 0;
    }

    private MemorySegment valueMemory(RecordShape record) {
        if (isStoredAsItIs(record)) return walk.readOnly();
        MemorySegment known = raw;
        if (known != null) return known;
        MemorySegment fresh = decompress(record);
        raw = fresh;
        return fresh;
    }

    private MemorySegment decompress(RecordShape record) {
        try {
            return buffer.decompress(
                    record.compression(),
                    walk.memory(),
                    record.valueOffset(),
                    record.valueBytes(),
                    record.rawValueBytes());
        } catch (CodecException e) {
            throw walk.damaged(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean isTombstone() {
        return shape().isTombstone();
    }

    @Override
    public long sequence() {
        shape();
        return walk.sequence() + upcoming - 1;
    }

    @Override
    public long positionBytes() {
        return walk.position() + shape().offsetInFrame();
    }

    @Override
    public long nextPositionBytes() {
        if (lost != NOT_LOST) return lost;
        return walk.position() + offset;
    }

    @Override
    public long appendedAtMillis() {
        shape();
        return walk.millis();
    }

    @Override
    public long ttlMillis() {
        return shape().ttlMillis();
    }

    @Override
    public boolean hasVersion() {
        return shape().hasVersion();
    }

    @Override
    public long term() {
        return shape().term();
    }

    @Override
    public long index() {
        return shape().index();
    }

    @Override
    public LogEntry entry() {
        shape();
        try {
            return new LogEntry(
                    Codecs.load(walk.frame().record(upcoming - 1)),
                    new Position(positionBytes()),
                    new Position(nextPositionBytes()),
                    sequence(),
                    Instant.ofEpochMilli(appendedAtMillis()));
        } catch (CodecException e) {
            throw walk.damaged(String.valueOf(e.getMessage()));
        }
    }

    private RecordShape shape() {
        RecordShape record = shown;
        if (record == null) throw Trouble.nothingToShow();
        return record;
    }

    private void checkOpen() {
        if (closed) throw new WalException.Closed("the reader is closed");
        source.checkOpen();
    }

    @Override
    public void close() {
        closed = true;
        walk.close();
        vigil.end();
    }
}
