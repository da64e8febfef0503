package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.Event.Phase;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory with one directory, the kernel in front of it included.
 *
 * <p>A process opens it with {@link #storage}. {@link #kill} ends the process and leaves the kernel: written
 * bytes and mapped memory stay, locks vanish. A power cut is taken from the {@link #journal}, at any moment of
 * the past, and gives new disks; this one is not touched by it.
 *
 * <p>What the model allows after a power cut is written at {@link Inode} for contents and sizes, at
 * {@link Directory} for names, and in {@link SimOptions} where there is a choice.
 */
public final class SimDisk {
    /** Makes the call once the disk's lock is held. */
    interface Opening {
        Op open(DiskState state) throws IoFailure;
    }

    private final Object lock = new Object();
    private final DiskState state;
    private final Journal journal;
    private final List<SimMapping> mappings = new ArrayList<>(0);
    private final Map<String, String> locks = new HashMap<>(0);
    private volatile CallHook hook = CallHook.NONE;
    private int process;

    /** An empty disk with the defaults. */
    public SimDisk() {
        this(SimOptions.defaults());
    }

    /** An empty disk. */
    public SimDisk(SimOptions options) {
        this(new DiskState(options));
    }

    SimDisk(DiskState state) {
        this.state = state;
        this.journal = new Journal(lock, state);
    }

    public SimOptions options() {
        return state.options;
    }

    /** The directory, as the living process sees it. */
    public SimStorage storage() {
        synchronized (lock) {
            return new SimStorage(this, process);
        }
    }

    /** Files, mappings and locks that the living process has open. */
    public int openHandles() {
        synchronized (lock) {
            return state.openHandles() + locks.size();
        }
    }

    /** Copies what a file holds, as the living process sees it; zeros behind its end, and if there is no such file. */
    public void contents(String name, MemorySegment into) {
        synchronized (lock) {
            Inode inode = state.inodeOf(name);
            long length = inode == null ? 0 : Math.min(inode.sizeBytes(), into.byteSize());
            if (inode != null) inode.cache.read(0, into.asSlice(0, length));
            into.asSlice(length).fill((byte) 0);
        }
    }

    /**
     * Ends the process between two instructions: its storages, files and mappings are dead and say so, its
     * locks are free, and of the calls it was in nothing is done. {@link CrashPoint#kills} has the finer ends.
     */
    public void kill() {
        synchronized (lock) {
            Op kill = new Op.Kill();
            record(kill, Phase.BEGIN, kill);
            record(kill, Phase.END, kill);
            mappings.forEach(SimMapping::detach);
            mappings.clear();
            locks.clear();
            state.dropHandles();
            process++;
        }
    }

    /** Everything that happened, each moment of it a place to cut. */
    public Journal journal() {
        return journal;
    }

    /**
     * Puts something into the journal for the test to find again with {@link CrashPoint#lastNote}, and makes
     * this a moment to cut at, with the mapped memory as it is now.
     */
    public void note(Object value) {
        synchronized (lock) {
            Op note = new Op.Note(value);
            record(note, Phase.BEGIN, note);
            record(note, Phase.END, note);
        }
    }

    /** Has every call looked at from here on; {@link CallHook#NONE} ends it. */
    public void hook(CallHook other) {
        hook = other;
    }

    /** Carries one call out, with the hook around and in the middle of it. */
    void call(int caller, Opening opening) throws IoFailure {
        PendingCall call = begin(caller, opening, UnaryOperator.identity());
        call.end();
    }

    /** Begins a call that {@link PendingCall#end} will end. */
    PendingCall begin(int caller, Opening opening, UnaryOperator<Op> atEnd) throws IoFailure {
        Op op = opened(caller, opening);
        hook.before(op);
        synchronized (lock) {
            checkAlive(caller);
            Rules.check(state, op);
            record(op, Phase.BEGIN, op);
        }
        return new PendingCall(this, caller, op, atEnd);
    }

    void end(PendingCall call) throws IoFailure {
        hook.within(call.op());
        synchronized (lock) {
            checkAlive(call.caller());
            Op effect = call.effect();
            record(call.op(), Phase.END, effect);
            if (effect instanceof Op.Write write) mappings.forEach(mapping -> mapping.show(write));
        }
        hook.after(call.op());
    }

    /** Asks something that changes nothing; mapped memory is looked at first. */
    long ask(int caller, Op op, ToLongFunction<DiskState> question) throws IoFailure {
        hook.before(op);
        long answer = ask(caller, question);
        hook.after(op);
        return answer;
    }

    long ask(int caller, ToLongFunction<DiskState> question) throws IoFailure {
        synchronized (lock) {
            checkAlive(caller);
            look();
            return question.applyAsLong(state);
        }
    }

    List<String> list(int caller) throws IoFailure {
        synchronized (lock) {
            checkAlive(caller);
            return state.directory.list();
        }
    }

    /** The file of that name with a handle more, or null. */
    @Nullable Inode grab(int caller, String name) throws IoFailure {
        synchronized (lock) {
            checkAlive(caller);
            Inode inode = state.inodeOf(name);
            if (inode != null) inode.handles++;
            return inode;
        }
    }

    void release(int caller, Inode inode) {
        synchronized (lock) {
            if (caller == process) inode.handles--;
        }
    }

    SimMapping attach(int caller, Inode inode, String name) throws IoFailure {
        synchronized (lock) {
            checkAlive(caller);
            SimMapping mapping = new SimMapping(this, caller, inode, name, state.pool);
            mappings.add(mapping);
            return mapping;
        }
    }

    void detach(SimMapping mapping) {
        synchronized (lock) {
            mappings.remove(mapping);
            mapping.detach();
        }
    }

    void lock(int caller, String name, String owner) throws IoFailure {
        synchronized (lock) {
            checkAlive(caller);
            String holder = locks.putIfAbsent(name, owner);
            if (holder != null) throw Failures.locked(name, holder);
        }
    }

    void unlock(int caller, String name) {
        synchronized (lock) {
            if (caller == process) locks.remove(name);
        }
    }

    private Op opened(int caller, Opening opening) throws IoFailure {
        synchronized (lock) {
            checkAlive(caller);
            return opening.open(state);
        }
    }

    /** What was stored into mapped memory becomes part of the file; an event only if there is something. */
    private void look() {
        List<Event.Store> stores = stores();
        if (!stores.isEmpty()) record(new Op.Look(), Phase.END, new Op.Look(), stores);
    }

    private void record(Op op, Phase phase, Op effect) {
        record(op, phase, effect, stores());
    }

    private void record(Op op, Phase phase, Op effect, List<Event.Store> stores) {
        Event event = new Event(op, phase, effect, stores);
        journal.add(event);
        state.apply(event);
    }

    private List<Event.Store> stores() {
        if (mappings.isEmpty()) return List.of();
        List<Event.Store> stores = new ArrayList<>(0);
        for (SimMapping mapping : mappings) mapping.collect(stores);
        for (SimMapping mapping : mappings) for (Event.Store store : stores) mapping.show(store);
        return stores;
    }

    private void checkAlive(int caller) throws IoFailure {
        if (caller != process) throw Failures.killed();
    }
}
