package dev.nori.wal.bugs;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A storage that keeps books: which writes to which file no sync covers yet, and in which order files were created, begun
 * and their directory synced. A sync covers the writes that had returned before it began.
 */
final class Ledger implements Storage {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long HEADER_MAGIC = 0x0A4C_4157_4952_4F4EL; // "NORIWAL\n"

    private final Storage inner;
    private final Map<String, Set<Long>> unsynced = new HashMap<>();
    private final Set<String> begun = new TreeSet<>();
    private final List<String> events = new ArrayList<>();
    private long writes;
    private long syncs;
    private long reads;
    private long largestReadBytes;

    Ledger(Storage inner) {
        this.inner = inner;
    }

    /** The segments that hold records, and of these those with bytes that no sync covers. */
    synchronized Set<String> unsynced() {
        Set<String> names = new TreeSet<>();
        for (String name : begun) if (!writesOf(name).isEmpty()) names.add(name);
        return names;
    }

    /** The segments that hold records. */
    synchronized Set<String> begun() {
        return new TreeSet<>(begun);
    }

    /** {@code create}, {@code begin}, {@code delete}, {@code rename} with a name, and {@code syncDirectory}. */
    synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** Syncs of segment files, those of durable writes included. */
    synchronized long syncs() {
        return syncs;
    }

    synchronized long reads() {
        return reads;
    }

    synchronized long largestReadBytes() {
        return largestReadBytes;
    }

    private Set<Long> writesOf(String name) {
        return unsynced.computeIfAbsent(name, key -> new HashSet<>());
    }

    private synchronized void wrote(String name, long offset, boolean durably, MemorySegment... parts) {
        writes++;
        if (!durably) writesOf(name).add(writes);
        if (durably) syncs++;
        boolean header = offset == 0 && parts[0].byteSize() >= Long.BYTES && parts[0].get(LONG, 0) == HEADER_MAGIC;
        if (header && begun.add(name)) events.add("begin " + name);
    }

    private synchronized Set<Long> covered(String name) {
        return Set.copyOf(writesOf(name));
    }

    private synchronized void synced(String name, Set<Long> covered) {
        syncs++;
        writesOf(name).removeAll(covered);
    }

    private synchronized void read(long bytes) {
        reads++;
        largestReadBytes = Math.max(largestReadBytes, bytes);
    }

    private synchronized void note(String event) {
        events.add(event);
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
        return inner.list();
    }

    @Override
    public LogFile create(String name) throws IoFailure {
        LogFile file = inner.create(name);
        note("create " + name);
        return new Booked(file);
    }

    @Override
    public LogFile open(String name, Access access) throws IoFailure {
        return new Booked(inner.open(name, access));
    }

    @Override
    public void rename(String from, String to) throws IoFailure {
        inner.rename(from, to);
        note("rename " + from);
    }

    @Override
    public void delete(String name) throws IoFailure {
        inner.delete(name);
        note("delete " + name);
    }

    @Override
    public void syncDirectory() throws IoFailure {
        inner.syncDirectory();
        note("syncDirectory");
    }

    @Override
    public MappedMemory map(String name, long bytes) throws IoFailure {
        return inner.map(name, bytes);
    }

    @Override
    public Lock lock(String name, String owner) throws IoFailure {
        return inner.lock(name, owner);
    }

    @Override
    public long freeBytes() throws IoFailure {
        return inner.freeBytes();
    }

    @Override
    public void close() {
        inner.close();
    }

    private final class Booked implements LogFile {
        private final LogFile file;

        private Booked(LogFile file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() throws IoFailure {
            return file.size();
        }

        @Override
        public int alignment() {
            return file.alignment();
        }

        @Override
        public void write(long offsetBytes, MemorySegment... parts) throws IoFailure {
            file.write(offsetBytes, parts);
            wrote(name(), offsetBytes, false, parts);
        }

        @Override
        public void writeDurably(long offsetBytes, MemorySegment... parts) throws IoFailure {
            file.writeDurably(offsetBytes, parts);
            wrote(name(), offsetBytes, true, parts);
        }

        @Override
        public void sync() throws IoFailure {
            Set<Long> covered = covered(name());
            file.sync();
            synced(name(), covered);
        }

        @Override
        public long read(long offsetBytes, MemorySegment into) throws IoFailure {
            Ledger.this.read(into.byteSize());
            return file.read(offsetBytes, into);
        }

        @Override
        public void allocate(long sizeBytes) throws IoFailure {
            file.allocate(sizeBytes);
        }

        @Override
        public void truncate(long sizeBytes) throws IoFailure {
            file.truncate(sizeBytes);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
