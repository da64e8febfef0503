package dev.nori.wal.io.sim;

import dev.nori.wal.io.Storage;

/** A lock of one process on a {@link SimDisk}; closing it twice does not free the lock of who came next. */
final class SimLock implements Storage.Lock {
    private final SimDisk disk;
    private final int process;
    private final String name;
    private boolean closed;

    SimLock(SimDisk disk, int process, String name) {
        this.disk = disk;
        this.process = process;
        this.name = name;
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        disk.unlock(process, name);
    }
}
