package dev.nori.wal.flush;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.handoff.Doorbell;
import dev.nori.wal.handoff.Roll;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.handoff.StoppableClock;
import dev.nori.wal.handoff.WriterRole;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes bytes out of the stage, writes them into segment files, rolls, syncs when the policy or a caller wants it, and
 * moves the written and the durable position. A state machine: each {@link #doWork} is one step, and whoever steps it
 * holds the role.
 *
 * <p>The first failure of a write or a sync ends it: the durable position never moves again.
 */
public final class Writer implements WriterRole {
    private static final long CHUNK_BYTES = 512 << 10;
    private static final long MAX_WRITE_BYTES = 1 << 20;
    private static final long LINGER_NANOS = 10_000_000;
    private static final long IDLE_NANOS = 500_000_000;
    private static final long LOOKOUT_NANOS = 100_000; // longer than it takes to wake a thread

    private final Stage stage;
    private final SyncSchedule schedule;
    private final LongSupplier nanoClock;
    private final StoppableClock clock;
    private final ReentrantLock role = new ReentrantLock();
    private volatile boolean led;

    // all below is guarded by the role
    private final ArrayDeque<AgingSegment> aging = new ArrayDeque<>();
    private final Housekeeper housekeeper;
    private @Nullable SegmentWriter current;
    private @Nullable Supplier<SegmentFooter> footerOfCurrent;
    private long lingerSince = Long.MIN_VALUE;
    private volatile boolean someWaited; // for the last sync

    private final LongAdder writes = new LongAdder();
    private final LongAdder syncs = new LongAdder();
    private final LongAdder rolls = new LongAdder();
    private final LongAccumulator syncNanosMax = new LongAccumulator(Math::max, 0);

    /**
     * A writer that goes on where the log ends.
     *
     * @param clock stands still while bytes are written
     * @param current the segment that was not full, or null if the next frame begins a new one
     */
    public Writer(
            Stage stage,
            Housekeeper housekeeper,
            FsyncPolicy policy,
            LongSupplier nanoClock,
            StoppableClock clock,
            @Nullable OpenSegment current) {
        this.stage = stage;
        this.clock = clock;
        this.housekeeper = housekeeper;
        this.schedule = new SyncSchedule(policy);
        this.nanoClock = nanoClock;
        if (current != null) {
            this.current = new SegmentWriter(stage.ring(), current.file(), current.header(), true);
            this.footerOfCurrent = current.footer();
        }
    }

    /** The segment in which the log goes on, and the footer it will get once it is full. */
    public record OpenSegment(LogFile file, SegmentHeader header, Supplier<SegmentFooter> footer) {}

    // ---- the role

    @Override
    public boolean tryLead() {
        if (!role.tryLock()) return false;
        led = true;
        return true;
    }

    @Override
    public boolean isLed() {
        return led;
    }

    @Override
    public void stopLeading() {
        led = false; // before the last look
        role.unlock();
        // A window of Batch is the log's own thread's to watch, which may have gone to sleep meanwhile.
        if (!schedule.isAlways() || stage.isSpaceWanted() || hasUrgentWork())
            stage.writerBell().ring();
    }

    /** One step; false if nothing was due, or if a caller leads, who rings for what he leaves. */
    public boolean step() {
        if (!role.tryLock()) return false;
        try {
            led = true;
            return doWork();
        } finally {
            led = false; // before it looks again, in this method or before it rests
            role.unlock();
        }
    }

    private boolean hasUrgentWork() {
        long committed = stage.committed();
        return !stage.failure().isLatched()
                && committed > stage.durable()
                && (schedule.isAlways() || stage.syncWanted() > stage.durable());
    }

    // ---- the work, for who holds the role

    /** {@inheritDoc} Never throws for a failure of the disk: that is latched. */
    @Override
    public boolean doWork() {
        if (stage.failure().isLatched()) return false;
        try {
            return doDue();
        } catch (IoFailure | RuntimeException | Error e) {
            stage.fail(e);
            return true;
        }
    }

    private boolean doDue() throws IoFailure {
        long committed = stage.committed();
        long staged = Math.max(committed, stage.staged());
        long now = nanoClock.getAsLong();
        if (committed > stage.durable()) schedule.sawUndurable(now);
        boolean syncDue = committed > stage.durable() && (schedule.isDue(now) || stage.syncWanted() > stage.durable());
        if (syncDue) {
            sync();
            return true;
        }
        if (staged > stage.written() && isWriteDue(staged, now)) {
            drainTo(staged, false);
            lingerSince = Long.MIN_VALUE;
            return true;
        }
        return false;
    }

    private boolean isWriteDue(long staged, long now) {
        if (lingerSince == Long.MIN_VALUE) lingerSince = now;
        return staged - stage.written() >= CHUNK_BYTES
                || stage.flushWanted() > stage.written()
                || stage.isSpaceWanted()
                || now - lingerSince >= LINGER_NANOS;
    }

    private void sync() throws IoFailure {
        long began = nanoClock.getAsLong();
        long committed = stage.committed();
        syncAging();
        drainTo(Math.max(committed, stage.staged()), true);
        syncAging(); // those that filled up just now
        SegmentWriter segment = current;
        if (segment != null && segment.isDirty()) {
            segment.sync();
        }
        syncs.increment();
        long nanos = nanoClock.getAsLong() - began;
        syncNanosMax.accumulate(nanos);
        int woken = stage.durableTo(committed);
        someWaited = woken > 0;
        schedule.synced(began, committed == stage.committed());
        lingerSince = Long.MIN_VALUE;
        closeSealed();
    }

    private void syncAging() throws IoFailure {
        if (aging.isEmpty()) return; // as nearly always, and an iterator is garbage
        for (AgingSegment segment : aging) segment.sync();
    }

    /** Writes what is staged, over as many segments as it takes. */
    private void drainTo(long target, boolean durably) throws IoFailure {
        while (stage.written() < target) {
            Roll roll = stage.peekRoll();
            if (roll != null && stage.written() == roll.previousEnd()) {
                rollTo(roll);
                continue;
            }
            long end = roll == null ? target : Math.min(target, roll.previousEnd());
            long pieceEnd = Math.min(end, stage.written() + MAX_WRITE_BYTES);
            writeTo(pieceEnd, durably && pieceEnd == target);
        }
    }

    private void writeTo(long end, boolean durably) throws IoFailure {
        SegmentWriter segment = Objects.requireNonNull(current);
        if (!durably) clock.stop();
        segment.write(stage.written(), end, durably);
        clock.go();
        writes.increment();
        stage.wroteTo(end);
    }

    private void rollTo(Roll roll) {
        SegmentWriter full = current;
        if (full != null) {
            AgingSegment old = new AgingSegment(
                    full.file(), full.header(), Objects.requireNonNull(footerOfCurrent), roll.previousEnd());
            aging.add(old);
            housekeeper.seal(old);
            rolls.increment();
        }
        current = new SegmentWriter(stage.ring(), roll.file(), roll.header(), false);
        footerOfCurrent = roll.footer();
        stage.removeRoll();
        stage.wroteTo(roll.header().basePosition());
        closeSealed();
    }

    private void closeSealed() {
        for (AgingSegment first = aging.peek(); first != null && first.isSealed(); first = aging.peek()) {
            first.close();
            aging.remove();
            // Nobody may ever have asked for a sync, but what is sealed is durable, and so is all before it.
            if (first.end() > stage.durable()) stage.durableTo(first.end());
        }
    }

    // ---- resting, for the log's own thread

    /** Sleeps until there is work or a deadline. */
    public void rest() {
        if (someWaited && isWantedSoon()) return;
        Doorbell bell = stage.writerBell();
        bell.wakeFrom(wakePosition());
        long nanos = restNanos();
        if (nanos > 0) bell.sleep(nanos);
        else bell.awake();
    }

    /** Whom a sync woke may want another one sooner than a sleeping thread is woken: looks out for them a moment. */
    @SuppressWarnings("ThreadPriorityCheck") // they need a processor, perhaps this one
    private boolean isWantedSoon() {
        long began = nanoClock.getAsLong();
        do {
            if (!led && hasUrgentWork()) return true;
            Thread.yield();
        } while (nanoClock.getAsLong() - began < LOOKOUT_NANOS);
        return false;
    }

    private long wakePosition() {
        boolean waiting = stage.written() < stage.staged() || stage.durable() < stage.committed();
        return waiting && !schedule.isAlways() ? stage.written() + CHUNK_BYTES : stage.committed();
    }

    private long restNanos() {
        if (stage.failure().isLatched()) return IDLE_NANOS;
        if (!role.tryLock()) return LINGER_NANOS;
        try {
            long now = nanoClock.getAsLong();
            if (stage.committed() > stage.durable()) schedule.sawUndurable(now);
            if (hasUrgentWork()) return 0;
            if (stage.isSpaceWanted() && stage.staged() > stage.written()) return 0;
            long nanos = schedule.nanosLeft(now, IDLE_NANOS);
            if (stage.staged() > stage.written()) {
                if (isWriteDue(stage.staged(), now)) return 0;
                nanos = Math.min(nanos, LINGER_NANOS - (now - lingerSince));
            }
            return nanos;
        } finally {
            role.unlock();
        }
    }

    // ---- numbers

    /** Write calls to segment files. */
    public long writes() {
        return writes.sum();
    }

    /** Syncs of the log. */
    public long syncs() {
        return syncs.sum();
    }

    /** Segments that were filled. */
    public long rolls() {
        return rolls.sum();
    }

    /** The longest sync, with the writes before it, in nanoseconds. */
    public long syncNanosMax() {
        return syncNanosMax.get();
    }

    /** Closes the files, once a caller who still leads is done. Nobody may want the role any more. */
    public void close() {
        role.lock();
        try {
            closeFiles();
        } finally {
            role.unlock();
        }
    }

    private void closeFiles() {
        SegmentWriter segment = current;
        if (segment != null) segment.file().close();
        for (AgingSegment old : aging) old.close();
        aging.clear();
        current = null;
        for (Roll roll = stage.peekRoll(); roll != null; roll = stage.peekRoll()) {
            roll.file().close();
            stage.removeRoll();
        }
    }
}
