package dev.nori.wal.io;

import dev.nori.wal.IoMode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is only looked at: what is changed is kept in memory, and nothing of it reaches the storage below. Files below are
 * opened for reading, syncs do nothing, and no lock is taken. Takes memory for the blocks that were changed and differ from those below.
 *
 * <p>For any thread once nobody changes anything any more.
 */
public final class OverlayStorage implements Storage {
    private final Storage below;
    private final Map<String, OverlayContent> contents = new TreeMap<>(); // those that were opened
    private final Map<String, Boolean> names = new TreeMap<>(); // whether a name is there, where that was changed

    /** Looks at a storage, which stays the caller's. */
    public OverlayStorage(Storage below) {
        this.below = below;
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
    public synchronized List<String> list() throws IoFailure {
        List<String> all = new ArrayList<>(below.list());
        names.forEach((name, isThere) -> {
            all.remove(name);
            if (isThere) all.add(name);
        });
        return all.stream().sorted().toList();
    }

    @Override
    public synchronized LogFile create(String name) throws IoFailure {
        if (list().contains(name)) throw failure(IoFailure.Kind.EXISTS, "create", name);
        return put(name, new OverlayContent(null)).open(name, null);
    }

    private OverlayContent put(String name, OverlayContent content) {
        names.put(name, true);
        contents.put(name, content);
        return content;
    }

    @Override
    public synchronized LogFile open(String name, Access access) throws IoFailure {
        Boolean isThere = names.get(name);
        if (Boolean.FALSE.equals(isThere)) throw failure(IoFailure.Kind.NOT_FOUND, "open", name);
        OverlayContent content = contents.computeIfAbsent(name, OverlayContent::new);
        return content.open(name, fileBelow(content));
    }

    private @Nullable LogFile fileBelow(OverlayContent content) throws IoFailure {
        String name = content.nameBelow();
        return name == null ? null : below.open(name, Access.READ);
    }

    @Override
    public synchronized void rename(String from, String to) throws IoFailure {
        if (!list().contains(from)) throw failure(IoFailure.Kind.NOT_FOUND, "rename", from);
        OverlayContent content = contents.remove(from);
        put(to, content == null ? new OverlayContent(from) : content);
        names.put(from, false);
    }

    @Override
    public synchronized void delete(String name) throws IoFailure {
        if (!list().contains(name)) throw failure(IoFailure.Kind.NOT_FOUND, "delete", name);
        contents.remove(name);
        names.put(name, false);
    }

    @Override
    public void syncDirectory() {}

    /** Memory of its own, whatever the file holds. */
    @Override
    public MappedMemory map(String name, long bytes) {
        MemorySegment memory = AlignedMemory.blocks(bytes);
        return new MappedMemory() {
            @Override
            public MemorySegment memory() {
                return memory;
            }

            @Override
            public void sync() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public Lock lock(String name, String owner) {
        return () -> {};
    }

    @Override
    public long freeBytes() throws IoFailure {
        return below.freeBytes();
    }

    @Override
    public void close() {}

    private IoFailure failure(IoFailure.Kind kind, String call, String name) {
        return new IoFailure(kind, 0, "%s %s/%s: %s".formatted(call, directory(), name, kind), null);
    }
}
