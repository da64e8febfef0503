package dev.nori.wal.io.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything the kernel and the device know, as a machine that moves by {@link Event}s alone: the live disk
 * and every replay of its journal go through {@link #apply}, so they cannot differ.
 *
 * <p>A call takes effect when it ends. Until then its parts are possible after a power cut, and nothing a
 * sync that began meanwhile promises includes them. Not safe for threads; the disk holds the lock.
 */
final class DiskState {
    /** A call that began and has not ended. */
    private record Flight(Op op, long begun) {}

    final SimOptions options;
    final MappedPool pool;
    final Directory directory;
    private final Map<Integer, Inode> inodes = new HashMap<>();
    private final List<Flight> inFlight = new ArrayList<>();
    private long now;
    private int nextInode;

    /** A disk with nothing on it. */
    DiskState(SimOptions options) {
        this(options, new MappedPool(), new Directory(options.renames(), new TreeMap<>()), List.of());
    }

    /** A disk on which everything is durable. */
    DiskState(SimOptions options, MappedPool pool, Directory directory, List<Inode> files) {
        this.options = options;
        this.pool = pool;
        this.directory = directory;
        for (Inode file : files) put(file);
    }

    DiskState copy() {
        DiskState copy = new DiskState(options, pool, directory.copy(), List.of());
        copy.inFlight.addAll(inFlight);
        for (Inode inode : inodes.values()) copy.put(inode.copy());
        copy.now = now;
        copy.nextInode = nextInode;
        return copy;
    }

    /** A number no file has had. */
    int newInode() {
        return nextInode++;
    }

    @Nullable Inode inode(int id) {
        return inodes.get(id);
    }

    /** A file that is there for sure. */
    Inode known(int id) {
        return Objects.requireNonNull(inodes.get(id), "inode");
    }

    @Nullable Inode inodeOf(String name) {
        Integer id = directory.inodeOf(name);
        return id == null ? null : inodes.get(id);
    }

    /** What is on it, as the living process sees it; null if it cannot be told, or if it matters how full the disk is. */
    @Nullable Fingerprint fingerprint() {
        if (options.capacityBytes() < SimOptions.UNLIMITED_BYTES) return null;
        Fingerprint sum = Fingerprint.ZERO;
        for (String name : directory.list()) {
            Inode inode = inodeOf(name);
            Fingerprint file = inode == null ? null : inode.fingerprint();
            if (file == null) return null;
            sum = sum.plus(file.at(name.hashCode()));
        }
        return sum;
    }

    /** The process is gone, and with it every handle. */
    void dropHandles() {
        for (Inode inode : inodes.values()) inode.handles = 0;
    }

    int openHandles() {
        return inodes.values().stream().mapToInt(inode -> inode.handles).sum();
    }

    /** What is left of the capacity. */
    long freeBytes() {
        return Math.max(0, options.capacityBytes() - usedBytes());
    }

    /** Bytes that files own or have promised to them, in blocks of 4096. */
    private long usedBytes() {
        return inodes.values().stream().mapToLong(Blocks::usedBytes).sum();
    }

    /** Whether a file of that name is being created right now. */
    boolean creates(String name) {
        return inFlight.stream()
                .anyMatch(flight ->
                        flight.op instanceof Op.Create create && create.file().equals(name));
    }

    void apply(Event event) {
        now++;
        for (Event.Store store : event.stores()) {
            Inode inode = inodes.get(store.inode());
            if (inode != null) inode.store(now, store);
        }
        now++; // the stores came before the call, so a sync that begins here covers them
        if (event.phase() == Event.Phase.BEGIN) inFlight.add(new Flight(event.op(), now));
        else end(event);
    }

    /**
     * What a power cut now may leave on the device: calls under way have done their work but keep no promise.
     * From here only the floors and the open versions matter.
     */
    DiskState withUnfinishedCalls() {
        DiskState cut = copy();
        for (Flight flight : List.copyOf(cut.inFlight)) { // a kill that is under way ends the others
            cut.now++;
            Op left = flight.op.unfinished();
            if (left != null) cut.perform(left, cut.now);
        }
        cut.inFlight.clear();
        return cut;
    }

    /**
     * What a killed process leaves of the calls it was in, {@code parts[i]} of the i-th one's
     * {@link #partsInFlight}: a write stops between two pages, anything else happens or does not.
     */
    DiskState killed(int[] parts) {
        DiskState killed = copy();
        for (int i = 0; i < parts.length; i++) {
            killed.now++;
            Op left = prefix(killed.inFlight.get(i).op, parts[i]);
            if (left != null) killed.perform(left, killed.now);
        }
        killed.inFlight.clear();
        return killed;
    }

    long now() {
        return now;
    }

    /** Into how many steps each call under way falls, for a process that may die between any two. */
    int[] partsInFlight() {
        return inFlight.stream().mapToInt(flight -> parts(flight.op)).toArray();
    }

    private static int parts(Op op) {
        if (op instanceof Op.Write write) return (write.data().length + 4095) / 4096;
        return op.unfinished() == null || op instanceof Op.Unmap || op instanceof Op.Note ? 0 : 1;
    }

    private static @Nullable Op prefix(Op op, int parts) {
        if (parts == 0) return null;
        if (!(op instanceof Op.Write write)) return op.unfinished();
        byte[] head = Arrays.copyOf(write.data(), Math.min(parts * 4096, write.data().length));
        return new Op.Write(write.inode(), write.file(), write.offsetBytes(), head, Op.Reach.CACHE);
    }

    @SuppressWarnings("ReferenceEquality") // two calls may ask for the same
    private void end(Event event) {
        for (int i = 0; i < inFlight.size(); i++) {
            if (inFlight.get(i).op != event.op()) continue;
            Flight flight = inFlight.remove(i);
            perform(event.effect(), flight.begun);
            return;
        }
    }

    private void perform(Op op, long begun) {
        switch (op) {
            case Op.Create create -> create(create.inode(), create.file());
            case Op.Rename rename -> directory.rename(now, rename.from(), rename.file());
            case Op.Delete delete -> directory.unlink(now, delete.file());
            case Op.Lock lock -> lock(lock);
            case Op.Map map -> map(map);
            case Op.SyncDirectory ignored -> syncDirectory(begun);
            case Op.Write write -> write(write);
            case Op.Sync sync -> file(sync.inode()).sync(begun);
            case Op.FailSync sync -> file(sync.inode()).forget(begun);
            case Op.Allocate allocate -> file(allocate.inode()).allocate(now, allocate.sizeBytes());
            case Op.Truncate truncate -> file(truncate.inode()).truncate(now, truncate.sizeBytes());
            case Op.Kill ignored -> inFlight.clear();
            case Op.Unmap ignored -> {}
            case Op.Note ignored -> {}
            case Op.Look ignored -> {}
            case Op.Read ignored -> {}
        }
    }

    private void create(int id, String name) {
        put(new Inode(id, options.sectorBytes(), new SectorMap(options.sectorBytes()), 0));
        directory.link(now, name, id);
    }

    private void lock(Op.Lock lock) {
        SectorMap content = new SectorMap(options.sectorBytes());
        Inode file = new Inode(lock.inode(), options.sectorBytes(), content, 0);
        file.write(now, 0, lock.text());
        put(new Inode(lock.inode(), options.sectorBytes(), file.cache, lock.text().length));
        directory.linkDurably(lock.file(), lock.inode());
    }

    private void map(Op.Map map) {
        if (inodes.get(map.inode()) == null) create(map.inode(), map.file());
        Inode inode = file(map.inode());
        if (inode.sizeBytes() != map.sizeBytes()) inode.truncate(now, 0);
        inode.mapped = true;
        inode.allocate(now, map.sizeBytes());
    }

    private void write(Op.Write write) {
        Inode inode = file(write.inode());
        inode.write(now, write.offsetBytes(), write.data());
        if (write.reach() == Op.Reach.DEVICE) inode.settle(write.offsetBytes(), write.data().length);
    }

    private void syncDirectory(long begun) {
        directory.sync(begun);
        inodes.values().removeIf(inode -> inode.handles == 0 && !directory.mayReach(inode.id));
    }

    /** A replay knows no handles and forgets a deleted file early; what it does to that file matters to nobody. */
    private Inode file(int id) {
        Inode inode = inodes.get(id);
        if (inode != null) return inode;
        return new Inode(id, options.sectorBytes(), new SectorMap(options.sectorBytes()), 0);
    }

    private void put(Inode inode) {
        inodes.put(inode.id, inode);
        nextInode = Math.max(nextInode, inode.id + 1);
    }
}
