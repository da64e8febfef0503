package dev.nori.wal.handoff;

import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.io.MappedMemory;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What callers and the writer share: the ring of bytes and five cursors into the log, all of them positions, none of which
 * ever moves back.
 *
 * <pre>
 *   durable ≤ written ≤ max(committed, streamed) ≤ claimed      claimed - blockFloor(written) ≤ ring
 * </pre>
 *
 * <ul>
 *   <li>{@code claimed}: bytes before may be changing in the ring. Moved by the caller whose turn it is.
 *   <li>{@code committed}: frames before are whole; appends before are acknowledged. The same caller.
 *   <li>{@code streamed}: beyond {@code committed} only while a frame larger than the ring passes through.
 *   <li>{@code written}: bytes before are in the segment files. Moved by the writer.
 *   <li>{@code durable}: bytes before are on stable storage. Moved by the writer, to ends of frames only.
 * </ul>
 *
 * <p>Each cursor but {@code claimed} is kept in the mapped file as well, for the process that comes after a kill.
 */
public final class Stage implements AutoCloseable {
    private static final VarHandle CLAIMED = cursor("claimed");
    private static final VarHandle COMMITTED = cursor("committed");
    private static final VarHandle STREAMED = cursor("streamed");
    private static final VarHandle WRITTEN = cursor("written");
    private static final VarHandle DURABLE = cursor("durable");
    private static final VarHandle NEXT_SEQUENCE = cursor("nextSequence");

    private final MappedMemory mapped;
    private final MemorySegment file;
    private final Ring ring;
    private final Waiters waiters = new Waiters();
    private final Followers followers = new Followers();
    private final Followers durableFollowers = new Followers();
    private final Doorbell writerBell = new Doorbell();
    private final Failure failure = new Failure();
    private final ArrayDeque<Roll> rolls = new ArrayDeque<>(); // guarded by itself

    @SuppressWarnings("unused") // through the handles
    private long claimed, committed, streamed, written, durable;

    @SuppressWarnings("unused") // through the handle
    private long nextSequence;

    private volatile long syncWanted;
    private volatile long flushWanted;
    private volatile @Nullable Thread spaceWaiter;

    /**
     * Begins a generation in a mapped stage file.
     *
     * @param position the end of the log; everything before is durable
     * @param tail the bytes of the last block before {@code position}, which will be written again with what follows
     */
    public Stage(MappedMemory mapped, long logId, int generation, long position, MemorySegment tail) {
        this.mapped = mapped;
        this.file = mapped.memory();
        StageLayout.begin(file, logId, generation, position);
        this.ring = new Ring(file.asSlice(StageLayout.HEADER_BYTES));
        ring.putBytes(FrameLayout.blockFloor(position), tail, 0, position - FrameLayout.blockFloor(position));
        claimed = committed = streamed = written = durable = position;
        syncWanted = flushWanted = position;
    }

    /** Notes that the log has a control file, so that its loss is noticed. */
    public void noteControl() {
        StageLayout.putControl(file);
    }

    private static VarHandle cursor(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(Stage.class, name, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The bytes. */
    public Ring ring() {
        return ring;
    }

    /** Where failures are latched. */
    public Failure failure() {
        return failure;
    }

    /** Who waits for the durable position. */
    public Waiters waiters() {
        return waiters;
    }

    /** Who sleeps until more is committed. Woken by the caller, after its turn. */
    public Followers followers() {
        return followers;
    }

    /** Who sleeps until more is durable. Woken by {@link #durableTo}. */
    public Followers durableFollowers() {
        return durableFollowers;
    }

    /** Wakes all who sleep at the end of the log: there will be no more of it. */
    public void wakeFollowers() {
        followers.wakeAll();
        durableFollowers.wakeAll();
    }

    /** Wakes the writer. */
    public Doorbell writerBell() {
        return writerBell;
    }

    // ---- cursors, read by anyone

    /** Frames before this position are whole and acknowledged. */
    public long committed() {
        return (long) COMMITTED.getAcquire(this);
    }

    /** Bytes before this position are in the ring or in the files, whole frames or not. */
    public long staged() {
        return Math.max(committed(), (long) STREAMED.getAcquire(this));
    }

    /** Bytes before this position are in the segment files. */
    public long written() {
        return (long) WRITTEN.getAcquire(this);
    }

    /** Bytes before this position are on stable storage. */
    public long durable() {
        return (long) DURABLE.getAcquire(this);
    }

    /** The number of the next record; all before it are committed, perhaps one frame more than that. */
    public long nextSequence() {
        return (long) NEXT_SEQUENCE.getAcquire(this);
    }

    // ---- the caller whose turn it is

    /** How many bytes may be claimed beyond {@code position} before the writer has to make room. */
    public long spaceAt(long position) {
        return ring.bytes() - (position - FrameLayout.blockFloor(written()));
    }

    /**
     * Bytes before {@code end} are about to change; readers of the ring look at this after they read. What was claimed and
     * then given up may be claimed again, and less of it: the bytes were changed all the same.
     */
    public void claim(long end) {
        if (end > claimed) CLAIMED.setOpaque(this, end);
        VarHandle.storeStoreFence();
    }

    /** A part of a large frame is there. */
    public void streamTo(long end) {
        file.set(StageLayout.LONG, StageLayout.STREAMED, end);
        STREAMED.setRelease(this, end);
    }

    /** Everything before {@code end} is whole. From here on it survives the end of the process. */
    public void commit(long end) {
        VarHandle.releaseFence();
        file.set(StageLayout.LONG, StageLayout.COMMITTED, end);
        COMMITTED.setRelease(this, end);
    }

    /** The records before this number are committed. */
    public void countTo(long sequence) {
        NEXT_SEQUENCE.setRelease(this, sequence);
    }

    /** Orders a roll; it must be followed by a commit beyond its base. False if too many are under way. */
    public boolean offerRoll(Roll roll) {
        synchronized (rolls) {
            if (rolls.size() >= StageLayout.SLOTS - 2) return false;
            StageLayout.putSlot(file, roll.previousEnd(), roll.header());
            rolls.add(roll);
            return true;
        }
    }

    /** The calling thread wants to be unparked when {@link #written} moves; null takes that back. */
    public void setSpaceWaiter(@Nullable Thread thread) {
        spaceWaiter = thread;
    }

    // ---- callers

    /** Asks the writer to make everything before {@code position} durable. */
    public void wantSync(long position) {
        synchronized (waiters) {
            syncWanted = Math.max(syncWanted, position);
        }
    }

    /** Asks the writer to hand everything before {@code position} to the files. */
    public void wantFlush(long position) {
        synchronized (waiters) {
            flushWanted = Math.max(flushWanted, position);
        }
    }

    /**
     * Copies acknowledged bytes out of the ring.
     *
     * @return false if the ring no longer holds them; they are in the files then
     */
    public boolean copyOut(long position, MemorySegment target, long offset, long length) {
        if (!stillHeld(position)) return false;
        ring.copyTo(position, target, offset, length);
        VarHandle.loadLoadFence();
        return stillHeld(position);
    }

    private boolean stillHeld(long position) {
        return position >= (long) CLAIMED.getOpaque(this) - ring.bytes();
    }

    // ---- the writer

    /** A sync is wanted up to here. */
    public long syncWanted() {
        return syncWanted;
    }

    /** A flush is wanted up to here. */
    public long flushWanted() {
        return flushWanted;
    }

    /** The next roll, if one is ordered. */
    public @Nullable Roll peekRoll() {
        synchronized (rolls) {
            return rolls.peek();
        }
    }

    /** The roll was carried out. */
    public void removeRoll() {
        synchronized (rolls) {
            rolls.remove();
        }
    }

    /** Whether a caller waits for room. */
    public boolean isSpaceWanted() {
        return spaceWaiter != null;
    }

    /** Bytes before {@code end} are in the segment files: their room is free, but for the last block. */
    public void wroteTo(long end) {
        assert end >= written() : end + " < " + written();
        file.set(StageLayout.LONG, StageLayout.WRITTEN, end);
        WRITTEN.setRelease(this, end);
        VarHandle.fullFence(); // a caller says that it waits, then looks at the cursor; here it is the other way round
        Thread waiter = spaceWaiter;
        if (waiter != null) LockSupport.unpark(waiter);
    }

    /**
     * Bytes before {@code end}, the end of a frame, are on stable storage. Wakes who waited for it. Does nothing after a failure, which
     * may have been latched by another worker while the sync was under way.
     *
     * @return how many were woken
     */
    public int durableTo(long end) {
        assert end >= durable() : end + " < " + durable();
        assert end <= written() : end + " > " + written();
        synchronized (failure) {
            if (failure.isLatched()) return 0;
            file.set(StageLayout.LONG, StageLayout.DURABLE, end);
            DURABLE.setRelease(this, end);
        }
        int woken = waiters.release(end);
        if (failure.isLatched()) waiters.release(Long.MAX_VALUE); // whom the failure looked for meanwhile
        durableFollowers.wake();
        return woken;
    }

    /** Latches a failure and wakes everybody, so that they learn of it. From then on the durable position stands still. */
    public void fail(Throwable cause) {
        synchronized (failure) {
            failure.latch(cause);
        }
        waiters.release(Long.MAX_VALUE);
        Thread waiter = spaceWaiter;
        if (waiter != null) LockSupport.unpark(waiter);
        writerBell.ring();
        wakeFollowers();
    }

    /** Unmaps the file, which keeps its bytes. */
    @Override
    public void close() {
        mapped.close();
    }
}
