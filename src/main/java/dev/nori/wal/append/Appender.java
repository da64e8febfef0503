package dev.nori.wal.append;

import dev.nori.wal.Compression;
import dev.nori.wal.Durability;
import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Position;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import dev.nori.wal.codec.PackedMemory;
import dev.nori.wal.codec.Packer;
import dev.nori.wal.frame.BatchDraft;
import dev.nori.wal.frame.EncodedDraft;
import dev.nori.wal.frame.FrameDraft;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.Marks;
import dev.nori.wal.frame.RecordDraft;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.segment.PreparedSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The forms of append. A value is compressed before the caller's turn, the frame is placed during it, and what the caller
 * waits for comes after it; nobody makes a system call while it is somebody's turn, except to sleep, and once to make the mark durable
 * that begins a generation.
 */
public final class Appender {
    private final Stage stage;
    private final LogEnd end;
    private final DurableGate gate;
    private final Completions completions;
    private final boolean always;
    private final Packer packer = new Packer();
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicReference<@Nullable Drafts> spare = new AtomicReference<>(); // so that few are made

    // guarded by the turn
    private boolean begun;
    private boolean closed;
    private long records;

    /** What an append needs before its turn. */
    private record Drafts(RecordDraft record, EncodedDraft encoded) {
        FrameDraft encode() {
            return encoded.encode(record);
        }
    }

    /** Appends to that end of the log. */
    public Appender(Stage stage, LogEnd end, DurableGate gate, Completions completions, FsyncPolicy policy) {
        this.stage = stage;
        this.end = end;
        this.gate = gate;
        this.completions = completions;
        this.always = policy instanceof FsyncPolicy.Always;
    }

    /** See {@link dev.nori.wal.Wal#append(WalRecord, Durability)}. */
    public Position append(WalRecord record, Durability durability) {
        Drafts drafts = takeDrafts();
        try {
            fill(drafts.record(), record);
            return new Position(append(drafts.encode(), durability));
        } finally {
            giveBack(drafts);
        }
    }

    private Drafts takeDrafts() {
        Drafts drafts = spare.getAndSet(null);
        return drafts == null ? new Drafts(new RecordDraft(), new EncodedDraft()) : drafts;
    }

    private void giveBack(Drafts drafts) {
        drafts.record().clear();
        spare.set(drafts);
    }

    /** See {@link dev.nori.wal.Wal#appender}; it goes on with {@code next} when this accepts nothing more. */
    public WalAppender appender(NextAppender next) {
        return new ConfinedAppender(this, next, packer);
    }

    /** Appends what was drafted, waits as the durability says, and answers where it starts. */
    long append(FrameDraft draft, Durability durability) {
        long start;
        long frameEnd;
        takeTurn();
        try {
            start = place(draft);
            frameEnd = end.position();
        } finally {
            turn.unlock();
        }
        acknowledge(frameEnd, durability);
        return start;
    }

    /** See {@link dev.nori.wal.Wal#appendBatch(List, Durability)}. */
    public List<Position> appendBatch(List<WalRecord> batched, Durability durability) {
        if (batched.isEmpty()) throw new IllegalArgumentException("a batch needs at least one record");
        List<RecordDraft> drafts = new ArrayList<>(batched.size());
        for (WalRecord record : batched) drafts.add(fill(new RecordDraft(), record));
        BatchDraft batch = new BatchDraft().set(drafts);
        long start = append(new EncodedDraft().encode(batch), durability);
        List<Position> positions = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) positions.add(new Position(start + batch.offsetInFrame(i)));
        return positions;
    }

    /** See {@link dev.nori.wal.Wal#appendAsync(WalRecord, Durability)}. */
    public CompletableFuture<Position> appendAsync(WalRecord record, Durability durability) {
        Drafts drafts = takeDrafts();
        try {
            fill(drafts.record(), record);
            return appendAsync(drafts.encode(), durability);
        } finally {
            giveBack(drafts);
        }
    }

    private CompletableFuture<Position> appendAsync(FrameDraft draft, Durability durability) {
        boolean durably = isDurable(durability);
        CompletableFuture<Position> future;
        long frameEnd;
        takeTurn();
        try {
            Position start = new Position(place(draft));
            frameEnd = end.position();
            future = durably || !completions.isEmpty()
                    ? completions.add(start, stage, durably ? frameEnd : 0)
                    : CompletableFuture.completedFuture(start);
        } finally {
            turn.unlock();
        }
        if (durably && !always) {
            stage.wantSync(frameEnd);
            stage.writerBell().ring();
        }
        stage.writerBell().ringFor(frameEnd);
        stage.followers().wake();
        if (!future.isDone()) completions.bell().ringFor(1);
        return future;
    }

    /**
     * Begins a generation with a mark, durably. If the last segment is full and there is no space for another one, the first append does so:
     * until then nothing is written, and all that is there can be read and trimmed.
     *
     * @throws WalException.Full if there is no segment at all, and no space for one
     */
    public void open() {
        takeTurn();
        try {
            begin();
        } catch (WalException.Full e) {
            if (end.hasNoSegment()) throw e;
        } finally {
            turn.unlock();
        }
    }

    /** No frame goes behind a mark that may not be there after a power cut: its generation would be used again. */
    private void begin() {
        end.mark(Marks.OPEN);
        gate.awaitDurable(end.position());
        begun = true;
    }

    /** Ends the log with a mark; everything before it is durable. */
    public void markClosed() {
        takeTurn();
        try {
            if (begun) end.mark(Marks.CLOSE);
        } finally {
            turn.unlock();
        }
    }

    /** Refuses appends from now on. False if that was so before. */
    public boolean close() {
        takeTurn();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            turn.unlock();
        }
    }

    /**
     * Refuses appends from now on, and hands over the segment that would have been the next.
     *
     * @throws WalException.Full if there is none, nor space for one; appends are not refused then
     */
    public PreparedSegment closeWithNext() {
        takeTurn();
        try {
            PreparedSegment next = end.takeNext();
            closed = true;
            return next;
        } finally {
            turn.unlock();
        }
    }

    /** Records appended so far. */
    public long records() {
        turn.lock();
        try {
            return records;
        } finally {
            turn.unlock();
        }
    }

    /** The largest frame whose payload is asked for only once, in bytes. */
    long wholeBytes() {
        return end.wholeBytes();
    }

    /** @throws WalException.TooLarge if so much payload does not fit into a segment */
    void checkSize(long payloadBytes) {
        long bytes = FrameLayout.frameBytes(payloadBytes);
        long limit = end.limitBytes();
        if (bytes > limit) {
            throw new WalException.TooLarge(
                    "%d bytes do not fit into a segment, which holds at most %d".formatted(bytes, limit), bytes, limit);
        }
    }

    private RecordDraft fill(RecordDraft draft, WalRecord record) {
        draft.describe(record);
        if (record.isTombstone()) draft.delete();
        else draft.put(record.value().byteSize(), packed(draft, record));
        return draft;
    }

    private Compression packed(RecordDraft draft, WalRecord record) {
        if (record.compression() == Compression.NONE) return Compression.NONE;
        return packer.pack(draft.value(), record.compression(), record.compressionLevel(), new PackedMemory());
    }

    /** Only one caller at a time is at the end of the log, and none twice: a {@code RecordWriter} has it already. */
    private void takeTurn() {
        checkNotAppending();
        turn.lock();
    }

    /**
     * Does nothing for a caller who is not in the middle of an append.
     *
     * @throws IllegalStateException if the caller is a {@code RecordWriter}
     */
    public void checkNotAppending() {
        if (!turn.isHeldByCurrentThread()) return;
        throw new IllegalStateException("a RecordWriter may not append to the log it writes for, nor close it");
    }

    private long place(FrameDraft draft) {
        if (closed) throw new WalException.Closed("the log is closed");
        stage.failure().check();
        checkSize(draft.payloadBytes());
        if (!begun) begin();
        long start = end.place(draft);
        records += draft.count();
        return start;
    }

    private boolean isDurable(Durability durability) {
        return always || durability == Durability.DURABLE;
    }

    private void acknowledge(long frameEnd, Durability durability) {
        stage.followers().wake(); // the turn is over: no later than here do they see what was committed
        if (isDurable(durability)) gate.awaitDurable(frameEnd);
        else stage.writerBell().ringFor(frameEnd);
    }
}
