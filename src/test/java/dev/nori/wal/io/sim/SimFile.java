package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage.Access;
import dev.nori.wal.io.sim.Op.Reach;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * An open file of a {@link SimDisk}. Writes and syncs can also be taken apart into their begin and their end,
 * so that a test decides what lies between.
 */
public final class SimFile implements LogFile {
    private final SimDisk disk;
    private final int process;
    private final Inode inode;
    private final String name;
    private final Access access;
    private boolean closed;

    SimFile(SimDisk disk, int process, Inode inode, String name, Access access) {
        this.disk = disk;
        this.process = process;
        this.inode = inode;
        this.name = name;
        this.access = access;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() throws IoFailure {
        checkOpen("fstat");
        return disk.ask(process, state -> inode.sizeBytes());
    }

    @Override
    public int alignment() {
        return access == Access.READ ? 1 : disk.options().alignment();
    }

    @Override
    public void write(long offsetBytes, MemorySegment... parts) throws IoFailure {
        write(Reach.CACHE, offsetBytes, parts);
    }

    @Override
    public void writeDurably(long offsetBytes, MemorySegment... parts) throws IoFailure {
        write(Reach.DEVICE, offsetBytes, parts);
    }

    @Override
    public void sync() throws IoFailure {
        beginSync().end();
    }

    /** The first half of {@link #write}. On a full disk nothing is begun. */
    public PendingCall beginWrite(long offsetBytes, MemorySegment... parts) throws IoFailure {
        checkWritable("pwrite");
        checkAligned(offsetBytes, parts);
        byte[] data = gather(parts);
        if (fitting(offsetBytes, data) < data.length) throw Failures.full("pwrite", name);
        return begin(Reach.CACHE, offsetBytes, data, parts);
    }

    /** The first half of {@link #sync}: it covers the writes that have ended by now. */
    public PendingCall beginSync() throws IoFailure {
        checkOpen("fdatasync");
        return disk.begin(process, state -> new Op.Sync(inode.id, name), op -> op);
    }

    /**
     * Does to the file what a sync does that fails: every byte that was not durable stays readable through the
     * cache, counts as clean, and never reaches the device; a later sync returns without having written it.
     */
    public void failSync() throws IoFailure {
        checkOpen("fdatasync");
        disk.call(process, state -> new Op.FailSync(inode.id, name));
    }

    @Override
    public long read(long offsetBytes, MemorySegment into) throws IoFailure {
        checkOpen("pread");
        checkAligned(offsetBytes, into);
        Op read = new Op.Read(name, offsetBytes, into.byteSize());
        return disk.ask(process, read, state -> {
            long length = Math.min(into.byteSize(), inode.sizeBytes() - offsetBytes);
            if (length <= 0) return 0;
            SectorMap seen = alignment() > 1 ? inode.seenByDirectReads() : inode.cache;
            seen.read(offsetBytes, into.asSlice(0, length));
            return length;
        });
    }

    @Override
    public void allocate(long sizeBytes) throws IoFailure {
        checkWritable("fallocate");
        checkNotNegative(sizeBytes);
        disk.call(process, state -> new Op.Allocate(inode.id, name, sizeBytes));
    }

    @Override
    public void truncate(long sizeBytes) throws IoFailure {
        checkWritable("ftruncate");
        checkNotNegative(sizeBytes);
        disk.call(process, state -> new Op.Truncate(inode.id, name, sizeBytes));
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        disk.release(process, inode);
    }

    /** A full disk takes the blocks that fit and refuses the rest, as the kernel does. */
    private void write(Reach reach, long offsetBytes, MemorySegment... parts) throws IoFailure {
        checkWritable("pwrite");
        checkAligned(offsetBytes, parts);
        byte[] data = gather(parts);
        int fits = (int) fitting(offsetBytes, data);
        if (fits == data.length) {
            begin(reach, offsetBytes, data, parts).end();
            return;
        }
        byte[] head = Arrays.copyOf(data, fits);
        if (fits > 0) disk.call(process, state -> new Op.Write(inode.id, name, offsetBytes, head, Reach.CACHE));
        throw Failures.full("pwrite", name);
    }

    private PendingCall begin(Reach reach, long offsetBytes, byte[] data, MemorySegment[] parts) throws IoFailure {
        Op.Write write = new Op.Write(inode.id, name, offsetBytes, data, reach);
        return disk.begin(process, state -> write, op -> atEnd(write, parts));
    }

    /**
     * The kernel takes the bytes at some moment of the call. If the caller changed them meanwhile, every other
     * sector is what it was at the begin and the rest what it is at the end, so that neither can be relied on.
     */
    private Op atEnd(Op.Write write, MemorySegment[] parts) {
        byte[] late = gather(parts);
        if (Arrays.equals(late, write.data())) return write;
        int sector = inode.sectorBytes;
        for (int i = 0; i < late.length; i++) {
            if ((write.offsetBytes() + i) / sector % 2 == 0) late[i] = write.data()[i];
        }
        return new Op.Write(inode.id, name, write.offsetBytes(), late, write.reach());
    }

    private long fitting(long offsetBytes, byte[] data) throws IoFailure {
        if (disk.options().capacityBytes() >= SimOptions.UNLIMITED_BYTES) return data.length;
        return disk.ask(process, state -> Blocks.fittingBytes(inode, offsetBytes, data.length, state.freeBytes()));
    }

    private static byte[] gather(MemorySegment[] parts) {
        if (parts.length < 1 || parts.length > 4) throw new IllegalArgumentException("1 to 4 parts: " + parts.length);
        long length = 0;
        for (MemorySegment part : parts) length += part.byteSize();
        byte[] data = new byte[Math.toIntExact(length)];
        int done = 0;
        for (MemorySegment part : parts) {
            MemorySegment.copy(part, ValueLayout.JAVA_BYTE, 0, data, done, (int) part.byteSize());
            done += (int) part.byteSize();
        }
        return data;
    }

    private void checkAligned(long offsetBytes, MemorySegment... parts) {
        checkNotNegative(offsetBytes);
        long all = offsetBytes;
        for (MemorySegment part : parts) {
            if (!part.isNative()) throw new IllegalArgumentException("memory must be native: " + part);
            all |= part.byteSize() | part.address();
        }
        if (all % alignment() != 0) {
            throw new IllegalArgumentException(
                    "not aligned to " + alignment() + ": " + name + " offset=" + offsetBytes);
        }
    }

    private static void checkNotNegative(long bytes) {
        if (bytes < 0) throw new IllegalArgumentException("must be >= 0: " + bytes);
    }

    private void checkWritable(String call) throws IoFailure {
        checkOpen(call);
        if (access == Access.READ) throw new IllegalArgumentException(name + " is open for reading only");
    }

    private synchronized void checkOpen(String call) throws IoFailure {
        if (closed) throw Failures.closed(call, name);
    }
}
