package dev.nori.wal.io.nio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.JavaFailure;
import dev.nori.wal.io.LockFile;
import dev.nori.wal.io.Storage.Access;
import dev.nori.wal.io.Zeros;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A file behind an {@link AsynchronousFileChannel} that does its work in the calling thread.
 *
 * <p>A {@link java.nio.channels.FileChannel} would close itself as soon as an interrupted thread uses it, and
 * could not be opened again by path: the file may have another name by then, or none. The asynchronous
 * channel ignores interrupts; with {@link CallerRuns} it makes the same system calls in the same thread.
 */
final class NioFile implements LockFile {
    /** Buffers of {@code java.nio} end at 2 GiB; this is also far more than one call moves at once. */
    private static final long MAX_BUFFER_BYTES = 1 << 30;

    /** What a copy of memory goes through that only its own thread may touch. */
    private static final long BOUNCE_BYTES = 1 << 16;

    /**
     * A file system with less than this left may be full for the write at hand, for it needs blocks to
     * keep track of blocks as well.
     */
    private static final long FULL_BELOW_BYTES = 1 << 18;

    /**
     * Space may be freed between a write that found none and the question whether there is any, and the write then looks like one to a
     * device that fails. No record is in what is being allocated, so it is tried again; a device that fails does so each time.
     */
    private static final int ALLOCATE_ATTEMPTS = 5;

    private static final int MAX_PARTS = 4;

    /**
     * A byte far behind any text, so that a platform whose locks also keep out readers still lets them see
     * the owner's name.
     */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Logger LOG = System.getLogger(NioFile.class.getName());

    private static final CallerRuns CALLER_RUNS = new CallerRuns();

    /** Never started; memory that it may touch is not confined to another thread. */
    private static final Thread ANYBODY = new Thread();

    private final String name;
    private final Path path;
    private final AsynchronousFileChannel channel;
    private final Access access;

    private NioFile(String name, Path path, AsynchronousFileChannel channel, Access access) {
        this.name = name;
        this.path = path;
        this.channel = channel;
        this.access = access;
    }

    static NioFile open(String name, Path path, Access access, Set<OpenOption> options) throws IoFailure {
        try {
            return new NioFile(name, path, AsynchronousFileChannel.open(path, options, CALLER_RUNS), access);
        } catch (IOException | UnsupportedOperationException e) {
            throw JavaFailure.of("open " + path, e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int alignment() {
        return 1;
    }

    @Override
    public long size() throws IoFailure {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failure("size " + path, e);
        }
    }

    @Override
    public void write(long offsetBytes, MemorySegment... parts) throws IoFailure {
        checkWrite(offsetBytes, parts);
        long at = offsetBytes;
        for (MemorySegment part : parts) {
            writePart(at, part);
            at += part.byteSize();
        }
    }

    /**
     * Writes, then syncs the file. A second channel with {@code DSYNC} would have to be opened by path, which
     * may name another file by then, and would flush once per part.
     */
    @Override
    public void writeDurably(long offsetBytes, MemorySegment... parts) throws IoFailure {
        write(offsetBytes, parts);
        sync();
    }

    @Override
    public void sync() throws IoFailure {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw failure("force " + path, e);
        }
    }

    private void writePart(long offsetBytes, MemorySegment part) throws IoFailure {
        boolean confined = isConfined(part);
        long length = part.byteSize();
        for (long done = 0; done < length; ) {
            MemorySegment rest = part.asSlice(done, Math.min(atMost(confined), length - done));
            ByteBuffer data = confined ? ByteBuffer.wrap(rest.toArray(JAVA_BYTE)) : rest.asByteBuffer();
            done += writeOnce(offsetBytes + done, data);
        }
    }

    private int writeOnce(long offsetBytes, ByteBuffer data) throws IoFailure {
        int length = data.remaining();
        int n;
        try {
            n = outcome(channel.write(data, offsetBytes));
        } catch (IOException e) {
            String what = where("write", offsetBytes, length);
            if (channel.isOpen() && isFull(length)) throw JavaFailure.of(Kind.FULL, what, e);
            throw failure(what, e);
        }
        if (n > 0) return n;
        throw new IoFailure(Kind.OTHER, 0, where("write", offsetBytes, length) + ": wrote only " + n, null);
    }

    /** The text of an exception is for people; whether the disk is full is asked of the disk. */
    private boolean isFull(long lengthBytes) {
        try {
            return Files.getFileStore(path).getUsableSpace() < lengthBytes + FULL_BELOW_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long read(long offsetBytes, MemorySegment into) throws IoFailure {
        checkOffset(offsetBytes);
        checkMemory(into);
        boolean confined = isConfined(into);
        long length = into.byteSize();
        long done = 0;
        while (done < length) {
            MemorySegment rest = into.asSlice(done, Math.min(atMost(confined), length - done));
            int n = readOnce(offsetBytes + done, rest, confined);
            if (n < 0) break;
            done += n;
        }
        return done;
    }

    private int readOnce(long offsetBytes, MemorySegment into, boolean confined) throws IoFailure {
        try {
            if (!confined) return outcome(channel.read(into.asByteBuffer(), offsetBytes));
            ByteBuffer copy = ByteBuffer.allocate((int) into.byteSize());
            int n = outcome(channel.read(copy, offsetBytes));
            if (n > 0) MemorySegment.copy(copy.array(), 0, into, JAVA_BYTE, 0, n);
            return n;
        } catch (IOException e) {
            throw failure(where("read", offsetBytes, into.byteSize()), e);
        }
    }

    /** Some platforms hand the buffer to another thread, which may not touch memory that is confined to this one. */
    private static boolean isConfined(MemorySegment memory) {
        return !memory.isAccessibleBy(ANYBODY);
    }

    private static long atMost(boolean confined) {
        return confined ? BOUNCE_BYTES : MAX_BUFFER_BYTES;
    }

    /** Waits for what, with {@link CallerRuns}, is done already on most platforms; an interrupt is kept for later. */
    private static int outcome(Future<Integer> transfer) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return transfer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) throw cause;
            throw new IOException(e);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** Writes real zeros; Java has no other way to own space. */
    @Override
    public void allocate(long sizeBytes) throws IoFailure {
        checkChange();
        checkSize(sizeBytes);
        long oldSizeBytes = size();
        for (int attempt = 1; ; attempt++) {
            try {
                Zeros.write(this, oldSizeBytes, sizeBytes);
                return;
            } catch (IoFailure e) {
                giveBack(oldSizeBytes, e);
                if (e.kind() == Kind.FULL || attempt == ALLOCATE_ATTEMPTS) throw e;
            }
        }
    }

    private void giveBack(long oldSizeBytes, IoFailure why) {
        try {
            truncate(oldSizeBytes);
        } catch (IoFailure e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void truncate(long sizeBytes) throws IoFailure {
        checkChange();
        checkSize(sizeBytes);
        try {
            // Channels only cut. A byte written far out makes the hole that extending means.
            if (sizeBytes > channel.size()) {
                writeOnce(sizeBytes - 1, ByteBuffer.allocate(1));
            } else {
                channel.truncate(sizeBytes);
            }
        } catch (IoFailure e) {
            throw e;
        } catch (IOException e) {
            throw failure("truncate " + path + " length=" + sizeBytes, e);
        }
    }

    @Override
    public Answer tryLock() throws IoFailure {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock == null ? Answer.HELD_ELSEWHERE : Answer.TAKEN;
        } catch (OverlappingFileLockException e) {
            return Answer.HELD_IN_THIS_PROCESS;
        } catch (IOException e) {
            throw failure("lock " + path, e);
        }
    }

    /** A failure to close says nothing that sync did not say, and leaves nothing to be done. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "close " + path, e);
        }
    }

    private void checkWrite(long offsetBytes, MemorySegment[] parts) {
        checkChange();
        checkOffset(offsetBytes);
        if (parts.length < 1 || parts.length > MAX_PARTS) {
            throw new IllegalArgumentException("1 to " + MAX_PARTS + " parts, not " + parts.length);
        }
        for (MemorySegment part : parts) checkMemory(part);
    }

    private void checkChange() {
        if (access == Access.READ) throw new IllegalArgumentException(path + " is open for reading only");
    }

    private static void checkOffset(long offsetBytes) {
        if (offsetBytes < 0) throw new IllegalArgumentException("offset must be >= 0: " + offsetBytes);
    }

    private static void checkSize(long sizeBytes) {
        if (sizeBytes < 0) throw new IllegalArgumentException("size must be >= 0: " + sizeBytes);
    }

    private static void checkMemory(MemorySegment memory) {
        if (!memory.isNative()) throw new IllegalArgumentException("memory must be native: " + memory);
    }

    private IoFailure failure(String what, IOException e) {
        if (!(e instanceof ClosedChannelException)) return JavaFailure.of(what, e);
        return new IoFailure(Kind.OTHER, 0, what + ": the file is closed", e);
    }

    private String where(String call, long offsetBytes, long lengthBytes) {
        return call + " " + path + " offset=" + offsetBytes + " length=" + lengthBytes;
    }
}
