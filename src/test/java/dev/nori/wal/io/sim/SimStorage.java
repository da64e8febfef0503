package dev.nori.wal.io.sim;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The directory of a {@link SimDisk} in the hands of one process. */
public final class SimStorage implements Storage {
    private final SimDisk disk;
    private final int process;

    SimStorage(SimDisk disk, int process) {
        this.disk = disk;
        this.process = process;
    }

    @Override
    public IoMode mode() {
        return disk.options().mode();
    }

    @Override
    public String directory() {
        return Failures.DIRECTORY;
    }

    @Override
    public List<String> list() throws IoFailure {
        return disk.list(process);
    }

    @Override
    public SimFile create(String name) throws IoFailure {
        plain(name);
        disk.call(process, state -> new Op.Create(state.newInode(), name));
        return open("create", name, Access.WRITE);
    }

    @Override
    public SimFile open(String name, Access access) throws IoFailure {
        return open("open", plain(name), access);
    }

    @Override
    public void rename(String from, String to) throws IoFailure {
        plain(from);
        plain(to);
        disk.call(process, state -> new Op.Rename(from, to));
    }

    @Override
    public void delete(String name) throws IoFailure {
        plain(name);
        disk.call(process, state -> new Op.Delete(name));
    }

    @Override
    public void syncDirectory() throws IoFailure {
        beginSyncDirectory().end();
    }

    /** The first half of {@link #syncDirectory}. */
    public PendingCall beginSyncDirectory() throws IoFailure {
        return disk.begin(process, state -> new Op.SyncDirectory(), op -> op);
    }

    @Override
    public MappedMemory map(String name, long bytes) throws IoFailure {
        plain(name);
        if (bytes <= 0 || bytes % 4096 != 0) throw new IllegalArgumentException("no multiple of 4096: " + bytes);
        disk.call(process, state -> {
            Inode known = state.inodeOf(name);
            return new Op.Map(known == null ? state.newInode() : known.id, name, bytes);
        });
        Inode inode = disk.grab(process, name);
        if (inode == null) throw Failures.notFound("map", name);
        return disk.attach(process, inode, name);
    }

    @Override
    public Lock lock(String name, String owner) throws IoFailure {
        plain(name);
        disk.lock(process, name, owner);
        byte[] text = owner.getBytes(StandardCharsets.UTF_8);
        disk.call(process, state -> new Op.Lock(state.newInode(), name, text));
        return new SimLock(disk, process, name);
    }

    @Override
    public long freeBytes() throws IoFailure {
        return disk.ask(process, DiskState::freeBytes);
    }

    @Override
    public void close() {}

    private SimFile open(String call, String name, Access access) throws IoFailure {
        Inode inode = disk.grab(process, name);
        if (inode == null) throw Failures.notFound(call, name);
        return new SimFile(disk, process, inode, name, access);
    }

    private static String plain(String name) {
        boolean plain = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0;
        if (!plain) throw new IllegalArgumentException("not a plain file name: " + name);
        return name;
    }
}
