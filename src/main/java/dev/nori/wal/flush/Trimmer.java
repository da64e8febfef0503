package dev.nori.wal.flush;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.LogStart;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.handoff.Idle;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.SegmentCatalog;
import dev.nori.wal.segment.SpareSegments;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes segments off the front of the log, oldest first. A segment goes only once it is sealed, all of it is durable and nobody reads it.
 *
 * <p>The control file says where the log begins before the first file is touched: a crash leaves a shorter front or the old
 * one, and files that are no longer the log's, which the next open deletes.
 *
 * <p>For any thread; the housekeeper calls {@link #sealed}.
 */
public final class Trimmer {
    private static final long WAIT_NANOS = 1_000_000;

    private final Storage storage;
    private final Stage stage;
    private final SegmentCatalog catalog;
    private final SpareSegments spares;
    private final Notes notes;
    private final Idle idle;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed; // guarded by the lock
    private volatile long sealedBelow;

    /** What of the log may stay by itself. */
    public interface Limits {
        /** How many bytes are kept at least. */
        long bytes();

        /** A segment goes whose last record was appended before this time, ms since 1970. */
        long oldestMillis();
    }

    /** The rooms it works on. */
    public record Rooms(Storage storage, Stage stage, SegmentCatalog catalog, SpareSegments spares, Notes notes) {}

    /**
     * A trimmer of a running log.
     *
     * @param idle what callers do while the housekeeper seals what they want to trim
     * @param sealedBelow segments of lower ids are sealed
     */
    public Trimmer(Rooms rooms, Idle idle, Limits limits, long sealedBelow) {
        this.storage = rooms.storage();
        this.stage = rooms.stage();
        this.catalog = rooms.catalog();
        this.spares = rooms.spares();
        this.notes = rooms.notes();
        this.idle = idle;
        this.limits = limits;
        this.sealedBelow = sealedBelow;
    }

    /**
     * Trims away the segments that end at or before a position.
     *
     * @return where the log begins now
     * @throws WalException.Closed if the rooms were closed
     */
    public long trimBefore(long position) {
        lock.lock();
        try {
            checkUsable();
            SegmentHeader keep = catalog.floor(Math.min(position, stage.durable()));
            awaitSealed(keep.segmentId());
            return trimTo(keep.segmentId());
        } catch (IoFailure e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes what is noted, unless the rooms were closed meanwhile.
     *
     * @throws WalException.Closed if they were; nothing was changed
     */
    public void note(UnaryOperator<ControlSlot> change) {
        lock.lock();
        try {
            checkUsable();
            notes.change(change);
        } finally {
            lock.unlock();
        }
    }

    private void checkUsable() {
        stage.failure().check();
        if (closed) throw new WalException.Closed("the log is closed");
    }

    /** What is durable may not be sealed yet, and until it is the housekeeper writes into it. */
    private void awaitSealed(long belowId) {
        for (int round = 0; sealedBelow < belowId; round++) {
            stage.failure().check();
            idle.idle(round, WAIT_NANOS);
        }
    }

    private long trimTo(long wantedId) throws IoFailure {
        SegmentHeader before = catalog.first();
        if (wantedId <= before.segmentId()) return before.basePosition();
        SegmentHeader first = catalog.dropBefore(wantedId);
        if (first.segmentId() == before.segmentId()) return first.basePosition();
        LogStart start = new LogStart(first.segmentId(), first.basePosition(), first.baseSequence());
        notes.change(slot -> slot.startingAt(start));
        for (long id = before.segmentId(); id < first.segmentId(); id++) spares.takeIn(id);
        storage.syncDirectory();
        return first.basePosition();
    }

    private WalException.Failed failed(IoFailure e) {
        stage.fail(e);
        return stage.failure().asException();
    }

    // ---- the housekeeper

    /** A segment was sealed, as all before it were; what need not be kept goes. */
    void sealed(long id) throws IoFailure {
        sealedBelow = id + 1;
        if (!lock.tryLock()) return; // whoever trims now may be waiting for us; the next segment will do
        try {
            if (!closed) retain();
        } finally {
            lock.unlock();
        }
    }

    private void retain() throws IoFailure {
        if (limits.bytes() == Long.MAX_VALUE && limits.oldestMillis() <= 0) return;
        SegmentHeader first = catalog.first();
        long end = stage.durable();
        long oldestMillis = limits.oldestMillis();
        SegmentHeader keep = first;
        for (SegmentHeader next = next(keep); next != null; next = next(keep)) {
            boolean tooMuch = end - next.basePosition() >= limits.bytes();
            boolean tooOld = oldestMillis > 0 && catalog.lastTimeMillis(keep, next) < oldestMillis;
            if (!tooMuch && !tooOld) break;
            keep = next;
        }
        trimTo(keep.segmentId());
    }

    private @Nullable SegmentHeader next(SegmentHeader header) throws IoFailure {
        return header.segmentId() < sealedBelow ? catalog.after(header) : null;
    }

    /** Returns once nobody trims any more; from then on nobody can. */
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
