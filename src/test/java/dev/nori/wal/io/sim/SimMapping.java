package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.sim.SimOptions.Mappings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A file mapped as memory. The disk compares the memory with what it saw last whenever it is called, so a
 * store belongs to the next event; the kill and the note are events too.
 *
 * <p>The memory itself is the garbage collector's: an explorer drops disks by the thousand without closing
 * them. Only the view that is handed out ends with {@link #close}.
 */
final class SimMapping implements MappedMemory {
    private final SimDisk disk;
    private final int caller;
    private final Inode inode;
    private final String name;
    private final MappedPool pool;
    private final Arena view;
    private final MemorySegment memory;
    private final MemorySegment handedOut;
    private final byte[] seen;
    private boolean closed;

    SimMapping(SimDisk disk, int caller, Inode inode, String name, MappedPool pool) {
        this.disk = disk;
        this.caller = caller;
        this.inode = inode;
        this.name = name;
        this.pool = pool;
        this.view = view(disk.options().mappings());
        this.memory = pool.take(inode.sizeBytes());
        this.seen = new byte[Math.toIntExact(inode.sizeBytes())];
        inode.cache.read(0, MemorySegment.ofArray(seen));
        MemorySegment.copy(seen, 0, memory, ValueLayout.JAVA_BYTE, 0, seen.length);
        this.handedOut = handedOut();
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by the mapping, or left with nothing in it
    private static Arena view(Mappings mappings) {
        return switch (mappings) {
            case OF_ANY_THREAD -> Arena.ofShared();
            case OF_ONE_THREAD -> Arena.ofConfined();
        };
    }

    /** The cleanup keeps the memory reachable for as long as anybody has the view. */
    @SuppressWarnings("restricted")
    private MemorySegment handedOut() {
        return memory.reinterpret(view, ended -> assertSame(ended, memory));
    }

    private static void assertSame(MemorySegment ended, MemorySegment backing) {
        if (ended.address() != backing.address()) throw new AssertionError(ended + " is not " + backing);
    }

    @Override
    public MemorySegment memory() {
        return handedOut;
    }

    @Override
    public void sync() throws IoFailure {
        if (!view.scope().isAlive()) throw new IllegalStateException("unmapped: " + name);
        disk.call(caller, state -> new Op.Sync(inode.id, name));
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        try {
            disk.call(caller, state -> new Op.Unmap(inode.id, name));
        } catch (IoFailure killed) {
            // The kill has looked at the memory and detached it; there is nothing left to give back.
            return;
        }
        disk.detach(this);
        disk.release(caller, inode);
    }

    /** Adds every page that changed since the last look. */
    void collect(List<Event.Store> stores) {
        MemorySegment before = MemorySegment.ofArray(seen);
        long from = 0;
        while (from < seen.length) {
            long equal = MemorySegment.mismatch(memory, from, seen.length, before, from, seen.length);
            if (equal < 0) return;
            int page = (int) ((from + equal) / Blocks.BLOCK_BYTES) * Blocks.BLOCK_BYTES;
            stores.add(new Event.Store(inode.id, page, look(page)));
            from = (long) page + Blocks.BLOCK_BYTES;
        }
    }

    /** Another mapping of the file was stored to. */
    void show(Event.Store store) {
        if (store.inode() == inode.id) show(store.offsetBytes(), store.page());
    }

    /** The file was written to. */
    void show(Op.Write write) {
        if (write.inode() == inode.id) show(write.offsetBytes(), write.data());
    }

    /** The memory belongs to nobody any more. */
    void detach() {
        if (!view.scope().isAlive()) return;
        view.close();
        pool.give(memory);
    }

    private byte[] look(int page) {
        byte[] bytes = new byte[Blocks.BLOCK_BYTES];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, page, bytes, 0, bytes.length);
        System.arraycopy(bytes, 0, seen, page, bytes.length);
        return bytes;
    }

    /** Only what differs from the last look is written, so that a store that is under way is not undone. */
    private void show(long offsetBytes, byte[] data) {
        int length = (int) Math.min(data.length, seen.length - offsetBytes);
        for (int i = 0; i < length; i++) {
            int at = (int) offsetBytes + i;
            if (seen[at] == data[i]) continue;
            seen[at] = data[i];
            memory.set(ValueLayout.JAVA_BYTE, at, data[i]);
        }
    }
}
