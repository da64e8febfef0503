package dev.nori.wal.io.sim;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A storage that does what the wrapped one does until a {@link Fault} says otherwise, and remembers what it
 * was asked.
 *
 * <p>Over a {@link SimStorage} a failed sync also does what a kernel does: what it should have written counts
 * as clean and is never written ({@link SimFile#failSync}), so a second sync that succeeds proves nothing.
 */
public final class FaultyStorage implements Storage {
    /** A call that returns something. */
    interface Asking<T> {
        T ask() throws IoFailure;
    }

    private final Storage inner;
    private final FaultPlan plan = new FaultPlan();

    public FaultyStorage(Storage inner) {
        this.inner = inner;
    }

    /** Lets calls go wrong from now on. Of several faults that hit the same call the first one set wins. */
    public void inject(Fault fault) {
        plan.arm(fault);
    }

    /** All calls go right from now on. */
    public void heal() {
        plan.disarm();
    }

    /** Runs in the caller's thread before each such call; may block it. Replaces the action set before. */
    public void before(Call call, Runnable action) {
        plan.before(call, action);
    }

    /** Runs in the caller's thread after each such call, failed ones included; may block it. */
    public void after(Call call, Runnable action) {
        plan.after(call, action);
    }

    /** Runs in the caller's thread whenever a call is about to go wrong. Replaces the action set before. */
    public void onHit(Consumer<Call> action) {
        plan.onHit(action);
    }

    /** How many calls went wrong. */
    public long hits() {
        return plan.hits();
    }

    /** How many calls of that kind were made, failed ones included. */
    public long count(Call call) {
        return plan.count(call);
    }

    /** The calls in the order of their return, such as {@code write a.wal offset=0 length=512 -> FULL (28)}. */
    public List<String> trace() {
        return plan.trace();
    }

    public void clearTrace() {
        plan.clearTrace();
    }

    @Override
    public IoMode mode() {
        return inner.mode();
    }

    @Override
    public String directory() {
        return inner.directory();
    }

    @Override
    public List<String> list() throws IoFailure {
        return ask(Call.LIST, "list", inner::list);
    }

    @Override
    public FaultyFile create(String name) throws IoFailure {
        return new FaultyFile(ask(Call.CREATE, "create " + name, () -> inner.create(name)), plan);
    }

    @Override
    public FaultyFile open(String name, Access access) throws IoFailure {
        return new FaultyFile(ask(Call.OPEN, "open " + name + " " + access, () -> inner.open(name, access)), plan);
    }

    @Override
    public void rename(String from, String to) throws IoFailure {
        run(Call.RENAME, "rename " + from + " to " + to, () -> inner.rename(from, to));
    }

    @Override
    public void delete(String name) throws IoFailure {
        run(Call.DELETE, "delete " + name, () -> inner.delete(name));
    }

    @Override
    public void syncDirectory() throws IoFailure {
        run(Call.SYNC_DIRECTORY, "syncDirectory", inner::syncDirectory);
    }

    @Override
    public MappedMemory map(String name, long bytes) throws IoFailure {
        MappedMemory mapping = ask(Call.MAP, "map " + name + " size=" + bytes, () -> inner.map(name, bytes));
        return new MappedMemory() {
            @Override
            public MemorySegment memory() {
                return mapping.memory();
            }

            @Override
            public void sync() throws IoFailure {
                run(Call.SYNC_MAP, "syncMap " + name, mapping::sync);
            }

            @Override
            public void close() {
                mapping.close();
            }
        };
    }

    @Override
    public Lock lock(String name, String owner) throws IoFailure {
        return ask(Call.LOCK, "lock " + name, () -> inner.lock(name, owner));
    }

    @Override
    public long freeBytes() throws IoFailure {
        return ask(Call.FREE_BYTES, "freeBytes", inner::freeBytes);
    }

    @Override
    public void close() {
        inner.close();
    }

    private void run(Call call, String what, FaultPlan.Body body) throws IoFailure {
        plan.call(call, what, body, prefixBytes -> {});
    }

    private <T> T ask(Call call, String what, Asking<T> asking) throws IoFailure {
        AtomicReference<T> answer = new AtomicReference<>();
        run(call, what, () -> answer.set(asking.ask()));
        return answer.get();
    }
}
