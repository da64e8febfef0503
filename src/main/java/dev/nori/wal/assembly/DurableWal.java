package dev.nori.wal.assembly;

import dev.nori.wal.Checkpoint;
import dev.nori.wal.Durability;
import dev.nori.wal.EntryView;
import dev.nori.wal.IoMode;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.RecoveryReport;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import dev.nori.wal.WalStats;
import dev.nori.wal.WalTail;
import dev.nori.wal.append.Appender;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.LogStart;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.read.Extent;
import dev.nori.wal.read.Readers;
import dev.nori.wal.recover.Recovered;
import dev.nori.wal.segment.PreparedSegment;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running log: passes each question to the room that answers it, and takes the house down in the end. Where the rooms are exchanged
 * meanwhile ({@link Exchange}), asks again in the new ones.
 */
final class DurableWal implements Wal {
    private static final long NAP_NANOS = 100_000;

    private final House house;
    private final ReentrantLock closeLock = new ReentrantLock();
    private final ReentrantLock exchangeLock = new ReentrantLock();
    private volatile Rooms rooms;
    private volatile boolean closing;
    private volatile boolean closed;
    private @Nullable RecoveryReport report;

    DurableWal(House house, Recovered found) {
        this.house = house;
        this.rooms = Rooms.open(house, found, PastStats.NONE, () -> closed);
    }

    /** What opening found. */
    void opened(RecoveryReport found) {
        report = found;
    }

    // ---- appending

    @Override
    public Position append(WalRecord record, Durability durability) {
        while (true) {
            Rooms now = rooms;
            try {
                return now.appender().append(record, durability);
            } catch (WalException.Closed e) {
                awaitExchange(now, e);
            }
        }
    }

    @Override
    public WalAppender appender() {
        checkOpen();
        return rooms.appender().appender(this::appenderAfter);
    }

    private Appender appenderAfter(Appender left, WalException.Closed why) {
        Rooms now = rooms;
        if (now.appender() == left) awaitExchange(now, why);
        return rooms.appender();
    }

    @Override
    public CompletableFuture<Position> appendAsync(WalRecord record, Durability durability) {
        return inRooms(now -> now.appender().appendAsync(record, durability));
    }

    @Override
    public List<Position> appendBatch(List<WalRecord> records, Durability durability) {
        return inRooms(now -> now.appender().appendBatch(records, durability));
    }

    /** Asks in the rooms that are in use; once more if they were being left. */
    private <T> T inRooms(Function<Rooms, T> question) {
        while (true) {
            Rooms now = rooms;
            try {
                return question.apply(now);
            } catch (WalException.Closed e) {
                awaitExchange(now, e);
            }
        }
    }

    /** Returns once the rooms were exchanged; throws if it was the log that was closed. */
    private void awaitExchange(Rooms left, WalException.Closed why) {
        while (!wereLeft(left)) {
            if (closing) throw why;
            left.stage().failure().check();
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private boolean wereLeft(Rooms then) {
        return rooms.stage() != then.stage();
    }

    // ---- durability

    @Override
    public void flush() {
        Rooms now = usable();
        now.gate().awaitWritten(now.stage().committed());
    }

    @Override
    public void sync() {
        Rooms now = usable();
        now.gate().awaitDurable(now.stage().committed());
    }

    @Override
    public Position endPosition() {
        checkOpen();
        return new Position(rooms.stage().committed());
    }

    @Override
    public Position durablePosition() {
        checkOpen();
        return new Position(rooms.stage().durable());
    }

    @Override
    public void awaitDurable(Position position) {
        Rooms now = usable();
        long end = now.stage().committed();
        if (position.bytes() > end) {
            throw new IllegalArgumentException(
                    "position %d lies beyond the end of the log, which is at %d".formatted(position.bytes(), end));
        }
        awaitDurable(now, position.bytes());
    }

    /** The durable position only ever stops at ends of records: past a record's start it is past its end. */
    private static void awaitDurable(Rooms now, long position) {
        now.gate().awaitDurable(Math.min(now.stage().committed(), position + 1));
    }

    // ---- reading

    @Override
    public WalReader readFrom(Position from, ReadBound bound) {
        return read(readers -> readers.readFrom(from, bound));
    }

    @Override
    public WalCursor cursor(Position from, ReadBound bound) {
        return read(readers -> readers.cursor(from, bound));
    }

    @Override
    public WalTail tail(Position from, ReadBound bound) {
        return read(readers -> readers.tail(from, bound));
    }

    @Override
    public LogEntry read(long sequence) {
        return read(readers -> readers.read(sequence));
    }

    @Override
    public long firstSequence() {
        return read(readers -> readers.firstSequence());
    }

    @Override
    public long nextSequence() {
        return read(readers -> readers.nextSequence());
    }

    @Override
    public Position positionOf(long sequence) {
        return read(readers -> readers.positionOf(sequence));
    }

    @Override
    public Position positionAt(Instant time) {
        return read(readers -> readers.positionAt(time));
    }

    @Override
    public List<SegmentInfo> segments() {
        return read(readers -> readers.segments());
    }

    @Override
    public WalReader readSegment(long id) {
        return read(readers -> readers.readSegment(id));
    }

    @Override
    public void replay(Position from, int parallelism, Consumer<? super EntryView> consumer) {
        checkParallelism(parallelism);
        try (Extent extent = read(readers -> readers.extent(from))) {
            extent.replay(parallelism, consumer);
        }
    }

    @Override
    public void replayInOrder(Position from, int parallelism, Consumer<? super LogEntry> consumer) {
        checkParallelism(parallelism);
        try (Extent extent = read(readers -> readers.extent(from))) {
            extent.replayInOrder(parallelism, consumer);
        }
    }

    @Override
    public void replay(int parallelism, Consumer<? super EntryView> consumer) {
        checkParallelism(parallelism);
        try (Extent extent = read(Readers::extent)) {
            extent.replay(parallelism, consumer);
        }
    }

    @Override
    public void replayInOrder(int parallelism, Consumer<? super LogEntry> consumer) {
        checkParallelism(parallelism);
        try (Extent extent = read(Readers::extent)) {
            extent.replayInOrder(parallelism, consumer);
        }
    }

    private static void checkParallelism(int parallelism) {
        if (parallelism < 1) throw new IllegalArgumentException("parallelism must be >= 1: " + parallelism);
    }

    /** What is read while the rooms are exchanged may be half of the one and half of the other: asked again then. */
    private <T> T read(Function<Readers, T> question) {
        while (true) {
            checkOpen();
            Rooms now = rooms;
            try {
                return question.apply(now.readers());
            } catch (WalException.Corrupt | WalException.CannotRead e) {
                if (!wereLeft(now) && !isExchanging()) throw e;
            }
        }
    }

    private boolean isExchanging() {
        rooms.stage().failure().check();
        return exchangeLock.isLocked() && !exchangeLock.isHeldByCurrentThread();
    }

    // ---- trimming

    @Override
    public Position firstPosition() {
        checkOpen();
        return new Position(first(rooms).basePosition());
    }

    private static SegmentHeader first(Rooms now) {
        try {
            return now.catalog().first();
        } catch (IoFailure e) {
            throw new WalException.CannotRead("the log cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Position truncateBefore(Position position) {
        checkOpen();
        return inRooms(now -> {
            checkNotBeyond(now, position);
            return new Position(now.trimmer().trimBefore(position.bytes()));
        });
    }

    private static void checkNotBeyond(Rooms now, Position position) {
        long end = now.stage().committed();
        if (position.bytes() <= end) return;
        throw new IllegalArgumentException(
                "position %d lies beyond the end of the log, which is at %d".formatted(position.bytes(), end));
    }

    @Override
    public void truncateAfter(Position position) {
        exchangeLock.lock();
        try {
            usable();
            long cut = rooms.readers().frameStart(position);
            if (cut == rooms.stage().committed()) {
                awaitDurable(rooms, cut);
                return;
            }
            int generation = rooms.generation();
            rooms.appender().close(); // refuses a caller who is in the middle of an append
            exchange(slot -> slot.cutting(cut, generation), cut, null);
        } finally {
            exchangeLock.unlock();
        }
    }

    @Override
    public void reset(long sequence) {
        if (sequence < 0) throw new IllegalArgumentException("sequence must be >= 0: " + sequence);
        exchangeLock.lock();
        try {
            usable();
            int generation = rooms.generation();
            PreparedSegment next =
                    rooms.appender().closeWithNext(); // a full disk is noticed while nothing has happened yet
            exchange(slot -> slot.resetTo(behindEverything(sequence), generation), Exchange.ALL, next);
        } finally {
            exchangeLock.unlock();
        }
    }

    private LogStart behindEverything(long sequence) {
        long nextId = first(rooms).segmentId() + rooms.catalog().size();
        return new LogStart(nextId, FrameLayout.blockCeil(rooms.stage().committed()), sequence);
    }

    /** Appends that come meanwhile wait for the new rooms. */
    private void exchange(UnaryOperator<ControlSlot> intention, long cut, @Nullable PreparedSegment inHand) {
        Rooms old = rooms;
        old.trimmer().close();
        rooms = new Exchange(house, old, inHand).run(intention, cut, () -> closed);
    }

    // ---- notes

    @Override
    public void checkpoint(Position position, MemorySegment data) {
        checkLength("data", data);
        usable();
        MemorySegment kept = copy(data);
        inRooms(now -> {
            long at = now.readers().resume(position);
            awaitDurable(now, at);
            now.trimmer().note(slot -> slot.withCheckpoint(new ControlSlot.Mark(at, kept)));
            return now;
        });
    }

    @Override
    public Optional<Checkpoint> lastCheckpoint() {
        return Optional.ofNullable(checkpoint(house.control().current()));
    }

    static @Nullable Checkpoint checkpoint(ControlSlot slot) {
        ControlSlot.Mark mark = slot.checkpoint();
        return mark == null ? null : new Checkpoint(new Position(mark.position()), mark.data());
    }

    @Override
    public MemorySegment metadata() {
        return house.control().current().metadata();
    }

    @Override
    public void setMetadata(MemorySegment bytes) {
        checkLength("metadata", bytes);
        usable();
        MemorySegment kept = copy(bytes);
        inRooms(now -> {
            now.trimmer().note(slot -> slot.withMetadata(kept));
            return now;
        });
    }

    private static void checkLength(String what, MemorySegment bytes) {
        if (bytes.byteSize() <= MAX_NOTE_BYTES) return;
        throw new IllegalArgumentException(
                "%s must be at most %d bytes: %d".formatted(what, MAX_NOTE_BYTES, bytes.byteSize()));
    }

    private static MemorySegment copy(MemorySegment bytes) {
        return MemorySegment.ofArray(bytes.toArray(ValueLayout.JAVA_BYTE)).asReadOnly();
    }

    // ---- about it

    @Override
    public RecoveryReport recovery() {
        return Objects.requireNonNull(report);
    }

    @Override
    public IoMode ioMode() {
        return house.storage().mode();
    }

    @Override
    public WalStats stats() {
        Rooms now = rooms;
        return now.total().stats(now.catalog().size());
    }

    private Rooms usable() {
        checkOpen();
        Rooms now = rooms;
        now.stage().failure().check();
        return now;
    }

    private void checkOpen() {
        if (closed) throw new WalException.Closed("the log is closed");
    }

    // ---- the end

    @Override
    public void close() {
        // A callback runs on a thread of the crew: a close that is under way waits for it, so it must not wait in turn.
        if (!house.world().crew().isAtWork()) closeLock.lock();
        else if (!closeLock.tryLock()) return;
        try {
            if (!closed) closeRooms();
        } finally {
            closeLock.unlock();
        }
    }

    private void closeRooms() {
        rooms.appender().checkNotAppending();
        closing = true;
        exchangeLock.lock(); // an exchange that is under way ends first
        try {
            rooms.appender().close();
            rooms.trimmer().close();
            endInOrder();
        } finally {
            closed = true;
            rooms.stage().wakeFollowers();
            exchangeLock.unlock();
            house.closing().run();
        }
    }

    /** Everything durable, then the mark that says so, durable too. */
    private void endInOrder() {
        Rooms last = rooms;
        last.stage().failure().check();
        last.gate().awaitDurable(last.stage().committed());
        last.appender().markClosed();
        last.gate().awaitDurable(last.stage().committed());
    }
}
