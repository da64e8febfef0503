package dev.nori.wal.log;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.nio.NioStorage;
import java.nio.file.Path;
import java.util.List;

/** A real directory in which nothing may be changed, as on a file system that is mounted read-only. */
final class RefusingStorage implements Storage {
    private final Storage below;

    RefusingStorage(Path directory) {
        this.below = new NioStorage(directory);
    }

    private static IoFailure refused(String call) {
        return new IoFailure(IoFailure.Kind.DENIED, 30, call + ": EROFS (30)", null);
    }

    @Override
    public IoMode mode() {
        return below.mode();
    }

    @Override
    public String directory() {
        return below.directory();
    }

    @Override
    public List<String> list() throws IoFailure {
        return below.list();
    }

    @Override
    public LogFile create(String name) throws IoFailure {
        throw refused("create " + name);
    }

    @Override
    public LogFile open(String name, Access access) throws IoFailure {
        if (access == Access.WRITE) throw refused("open " + name);
        return below.open(name, access);
    }

    @Override
    public void rename(String from, String to) throws IoFailure {
        throw refused("rename " + from);
    }

    @Override
    public void delete(String name) throws IoFailure {
        throw refused("delete " + name);
    }

    @Override
    public void syncDirectory() throws IoFailure {
        throw refused("fsync");
    }

    @Override
    public MappedMemory map(String name, long bytes) throws IoFailure {
        throw refused("mmap " + name);
    }

    @Override
    public Lock lock(String name, String owner) throws IoFailure {
        throw refused("lock " + name);
    }

    @Override
    public long freeBytes() throws IoFailure {
        return below.freeBytes();
    }

    @Override
    public void close() {
        below.close();
    }
}
