package dev.nori.wal.damage;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A directory that begins as an image and is not on any disk. Notices every change. Any thread. */
public final class ImageStorage implements Storage {
    private final Map<String, byte[]> files;
    private int openHandles;
    private long changes;
    private long dieBefore = Long.MAX_VALUE;

    /** The image itself is not changed. */
    public ImageStorage(Image image) {
        files = new ConcurrentSkipListMap<>(image.files());
    }

    /** Handles, mappings and locks that are not closed. */
    public synchronized int openHandles() {
        return openHandles;
    }

    /** How often something was asked that changes a file or a name. */
    public synchronized long changes() {
        return changes;
    }

    /** Lets the process die before the change that comes after so many. */
    void dieBefore(long change) {
        dieBefore = change;
    }

    private synchronized void change() {
        if (changes >= dieBefore) throw new IllegalStateException("killed before change " + changes);
        changes++;
    }

    /** What a file holds now; empty if there is none. */
    byte[] bytes(String name) {
        return files.getOrDefault(name, new byte[0]);
    }

    /** Puts something else there. */
    void put(String name, byte[] bytes) {
        change();
        files.put(name, bytes);
    }

    private synchronized void opened() {
        openHandles++;
    }

    synchronized void released() {
        openHandles--;
    }

    @Override
    public IoMode mode() {
        return IoMode.NIO;
    }

    @Override
    public String directory() {
        return "image";
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public LogFile create(String name) throws IoFailure {
        if (files.containsKey(name)) throw failure(IoFailure.Kind.EXISTS, "create " + name);
        put(name, new byte[0]);
        return open(name, Access.WRITE);
    }

    @Override
    public LogFile open(String name, Access access) throws IoFailure {
        if (!files.containsKey(name)) throw failure(IoFailure.Kind.NOT_FOUND, "open " + name);
        opened();
        return new ImageFile(this, name);
    }

    @Override
    public void rename(String from, String to) throws IoFailure {
        byte[] bytes = files.get(from);
        if (bytes == null) throw failure(IoFailure.Kind.NOT_FOUND, "rename " + from);
        put(to, bytes);
        files.remove(from);
    }

    @Override
    public void delete(String name) throws IoFailure {
        change();
        if (files.remove(name) == null) throw failure(IoFailure.Kind.NOT_FOUND, "delete " + name);
    }

    @Override
    public void syncDirectory() {}

    @Override
    public MappedMemory map(String name, long bytes) {
        change();
        opened();
        MemorySegment memory = AlignedMemory.blocks(bytes);
        byte[] there = bytes(name);
        if (there.length == bytes) memory.copyFrom(MemorySegment.ofArray(there));
        return new Mapping(memory);
    }

    @Override
    public Lock lock(String name, String owner) {
        opened();
        return this::released;
    }

    @Override
    public long freeBytes() {
        return 1L << 40;
    }

    @Override
    public void close() {}

    private static IoFailure failure(IoFailure.Kind kind, String what) {
        return new IoFailure(kind, 0, what, null);
    }

    /** Nobody looks into it after the process is gone. */
    private final class Mapping implements MappedMemory {
        private final MemorySegment memory;

        private Mapping(MemorySegment memory) {
            this.memory = memory;
        }

        @Override
        public MemorySegment memory() {
            return memory;
        }

        @Override
        public void sync() {}

        @Override
        public void close() {
            released();
        }
    }
}
