package dev.nori.wal.io.linux;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LockFile;
import dev.nori.wal.io.Storage.Access;
import dev.nori.wal.io.Zeros;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * A file behind a descriptor; the policy of every call, once.
 *
 * <p>{@code EINTR} means again. A short buffered write goes on where it stopped. A short direct write goes
 * on only from a whole block: a remainder that is not aligned cannot be written directly, and falling back
 * to the page cache would hide from the caller that the promise of direct writing is gone.
 */
final class LinuxFile implements LockFile {
    private final String name;
    private final String path;
    private final Descriptor descriptor;
    private final int alignment;
    private final Access access;

    /** Cleared for good when the kernel does not know {@code RWF_DSYNC} for this file. */
    private volatile boolean knowsDsync = true;

    LinuxFile(String name, String path, int fd, int alignment, Access access) {
        this.name = name;
        this.path = path;
        this.descriptor = new Descriptor(fd);
        this.alignment = alignment;
        this.access = access;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int alignment() {
        return alignment;
    }

    @Override
    public long size() throws IoFailure {
        int fd = enter("statx");
        try {
            return size(CallState.current(), fd);
        } finally {
            descriptor.leave();
        }
    }

    private long size(CallState state, int fd) throws IoFailure {
        int answer = Libc.statx(state, fd, Libc.AT_EMPTY_PATH, Libc.STATX_SIZE);
        if (answer < 0) throw Errno.failure("statx " + path, answer);
        return state.statxSize();
    }

    @Override
    public void write(long offsetBytes, MemorySegment... parts) throws IoFailure {
        long length = checkedWrite(offsetBytes, parts);
        int fd = enter("pwrite");
        try {
            writeFully(fd, offsetBytes, length, parts);
        } finally {
            descriptor.leave();
        }
    }

    @Override
    public void writeDurably(long offsetBytes, MemorySegment... parts) throws IoFailure {
        long length = checkedWrite(offsetBytes, parts);
        int fd = enter("pwritev2");
        try {
            if (knowsDsync && writeDsync(fd, offsetBytes, length, parts)) return;
            writeFully(fd, offsetBytes, length, parts);
            sync(fd);
            knowsDsync = false;
        } finally {
            descriptor.leave();
        }
    }

    /**
     * Writes with {@code RWF_DSYNC}.
     *
     * @return false if the kernel refused the flag and nothing was written; {@code EINVAL} may have another
     *     cause, which the plain write that follows will meet again and report
     */
    private boolean writeDsync(int fd, long offsetBytes, long length, MemorySegment[] parts) throws IoFailure {
        CallState state = CallState.current();
        try {
            for (long done = 0; done < length; ) {
                int count = state.gather(parts, done);
                long n = Libc.pwritev2(state, fd, count, offsetBytes + done, Libc.RWF_DSYNC);
                if (Errno.EINTR.is(n)) continue;
                if (done == 0 && refusesFlag(n)) return false;
                done += checkedProgress("pwritev2", n, offsetBytes + done, length - done);
            }
            return true;
        } finally {
            // The kernel knows the parts by address only; the collector must not take them before it is done.
            Reference.reachabilityFence(parts);
        }
    }

    private static boolean refusesFlag(long answer) {
        return Errno.EOPNOTSUPP.is(answer) || Errno.ENOSYS.is(answer) || Errno.EINVAL.is(answer);
    }

    private void writeFully(int fd, long offsetBytes, long length, MemorySegment[] parts) throws IoFailure {
        CallState state = CallState.current();
        try {
            for (long done = 0; done < length; ) {
                long n = parts.length == 1
                        ? Libc.pwrite(state, fd, rest(parts[0], done), offsetBytes + done)
                        : Libc.pwritev2(state, fd, state.gather(parts, done), offsetBytes + done, 0);
                if (Errno.EINTR.is(n)) continue;
                done += checkedProgress("pwrite", n, offsetBytes + done, length - done);
            }
        } finally {
            Reference.reachabilityFence(parts);
        }
    }

    /** What a write answered, once it is known to be something to go on from. */
    private long checkedProgress(String call, long n, long offsetBytes, long lengthBytes) throws IoFailure {
        if (n < 0) throw failure(call, offsetBytes, lengthBytes, n);
        if (n == 0) throw shortWrite(call, offsetBytes, lengthBytes, n);
        if (n < lengthBytes && n % alignment != 0) throw shortWrite(call, offsetBytes, lengthBytes, n);
        return n;
    }

    @Override
    public void sync() throws IoFailure {
        int fd = enter("fdatasync");
        try {
            sync(fd);
        } finally {
            descriptor.leave();
        }
    }

    /** Whatever the reason, bytes that were taken may be lost: a full disk is not the mild case here. */
    private void sync(int fd) throws IoFailure {
        CallState state = CallState.current();
        int answer;
        do {
            answer = Libc.fdatasync(state, fd);
        } while (Errno.EINTR.is(answer));
        if (answer < 0) throw Errno.failure(Kind.OTHER, "fdatasync " + path, answer);
    }

    /** {@inheritDoc} Pages that are written are dropped; with them goes what the file system remembers of a write that failed. */
    @Override
    public void forgetCached(long fromBytes) throws IoFailure {
        int fd = enter("posix_fadvise");
        try {
            sync(fd);
            Libc.posixFadvise(CallState.current(), fd, fromBytes, 0, Libc.POSIX_FADV_DONTNEED);
        } finally {
            descriptor.leave();
        }
    }

    @Override
    public long read(long offsetBytes, MemorySegment into) throws IoFailure {
        checkAligned("offset", offsetBytes);
        checkMemory(into);
        int fd = enter("pread");
        try {
            return readFully(fd, offsetBytes, into);
        } finally {
            descriptor.leave();
        }
    }

    private long readFully(int fd, long offsetBytes, MemorySegment into) throws IoFailure {
        CallState state = CallState.current();
        long length = into.byteSize();
        long done = 0;
        while (done < length) {
            long n = Libc.pread(state, fd, rest(into, done), offsetBytes + done);
            if (Errno.EINTR.is(n)) continue;
            if (n < 0) throw failure("pread", offsetBytes + done, length - done, n);
            done += n;
            // Only the end of the file makes a direct read stop within a block.
            if (n == 0 || n % alignment != 0) break;
        }
        return done;
    }

    @Override
    public void allocate(long sizeBytes) throws IoFailure {
        checkChange();
        if (sizeBytes < 0) throw new IllegalArgumentException("size must be >= 0: " + sizeBytes);
        if (sizeBytes == 0) return;
        int fd = enter("fallocate");
        try {
            allocate(fd, sizeBytes);
        } finally {
            descriptor.leave();
        }
    }

    private void allocate(int fd, long sizeBytes) throws IoFailure {
        CallState state = CallState.current();
        long oldSizeBytes = size(state, fd);
        try {
            int answer;
            do {
                answer = Libc.fallocate(state, fd, 0, 0, sizeBytes);
            } while (Errno.EINTR.is(answer));
            if (Errno.EOPNOTSUPP.is(answer) || Errno.ENOSYS.is(answer)) {
                writeZeros(state, fd, oldSizeBytes, sizeBytes);
            } else if (answer < 0) {
                throw failure("fallocate", 0, sizeBytes, answer);
            }
        } catch (IoFailure e) {
            giveBack(state, fd, oldSizeBytes, e);
            throw e;
        }
    }

    /**
     * Owns the space the slow way, where the file system has no {@code fallocate}. Zeros go from block to
     * block; a file that ends within a block is made to end with it first.
     */
    private void writeZeros(CallState state, int fd, long fromBytes, long toBytes) throws IoFailure {
        if (fromBytes >= toBytes) return;
        long from = roundUp(fromBytes);
        if (from != fromBytes) truncate(state, fd, from);
        Zeros.write(this, from, roundUp(toBytes));
        if (roundUp(toBytes) != toBytes) truncate(state, fd, toBytes);
    }

    private long roundUp(long bytes) {
        return Math.addExact(bytes, alignment - 1) / alignment * alignment;
    }

    /** File systems may keep the part of an allocation that fitted; what was not there before goes back. */
    private void giveBack(CallState state, int fd, long oldSizeBytes, IoFailure why) {
        try {
            truncate(state, fd, oldSizeBytes);
        } catch (IoFailure e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void truncate(long sizeBytes) throws IoFailure {
        checkChange();
        if (sizeBytes < 0) throw new IllegalArgumentException("size must be >= 0: " + sizeBytes);
        int fd = enter("ftruncate");
        try {
            truncate(CallState.current(), fd, sizeBytes);
        } finally {
            descriptor.leave();
        }
    }

    private void truncate(CallState state, int fd, long sizeBytes) throws IoFailure {
        int answer;
        do {
            answer = Libc.ftruncate(state, fd, sizeBytes);
        } while (Errno.EINTR.is(answer));
        if (answer < 0) throw Errno.failure("ftruncate " + path + " length=" + sizeBytes, answer);
    }

    @Override
    public Answer tryLock() throws IoFailure {
        int fd = enter("fcntl");
        try {
            return tryLock(CallState.current(), fd);
        } finally {
            descriptor.leave();
        }
    }

    /**
     * Asks for an open file description lock: it belongs to this descriptor and to no other, and it keeps
     * out the record locks that {@code java.nio} takes.
     */
    private Answer tryLock(CallState state, int fd) throws IoFailure {
        int answer = Libc.fcntl(state, fd, Libc.F_OFD_SETLK, state.wholeFileLock());
        if (answer >= 0) return Answer.TAKEN;
        if (!Errno.EAGAIN.is(answer) && !Errno.EACCES.is(answer)) {
            throw Errno.failure("fcntl " + path + " F_OFD_SETLK", answer);
        }
        answer = Libc.fcntl(state, fd, Libc.F_OFD_GETLK, state.wholeFileLock());
        boolean here =
                answer >= 0 && state.lockHolder() == ProcessHandle.current().pid();
        return here ? Answer.HELD_IN_THIS_PROCESS : Answer.HELD_ELSEWHERE;
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private int enter(String call) throws IoFailure {
        int fd = descriptor.enter();
        if (fd < 0) throw new IoFailure(Kind.OTHER, 0, call + " " + path + ": the file is closed", null);
        return fd;
    }

    private static MemorySegment rest(MemorySegment memory, long doneBytes) {
        return doneBytes == 0 ? memory : memory.asSlice(doneBytes);
    }

    /** Checks what a caller can get wrong about a write, and answers its length in bytes. */
    private long checkedWrite(long offsetBytes, MemorySegment[] parts) {
        checkChange();
        checkAligned("offset", offsetBytes);
        if (parts.length < 1 || parts.length > CallState.MAX_PARTS) {
            throw new IllegalArgumentException("1 to " + CallState.MAX_PARTS + " parts, not " + parts.length);
        }
        long length = 0;
        for (MemorySegment part : parts) {
            checkMemory(part);
            length += part.byteSize();
        }
        return length;
    }

    private void checkChange() {
        if (access == Access.READ) throw new IllegalArgumentException(path + " is open for reading only");
    }

    private void checkMemory(MemorySegment memory) {
        if (!memory.isNative()) throw new IllegalArgumentException("memory must be native: " + memory);
        if (alignment == 1) return;
        checkAligned("address", memory.address());
        checkAligned("length", memory.byteSize());
    }

    private void checkAligned(String what, long value) {
        if (value < 0) throw new IllegalArgumentException(what + " must be >= 0: " + value);
        if (value % alignment == 0) return;
        throw new IllegalArgumentException(what + " must be a multiple of " + alignment + ": " + value);
    }

    private IoFailure failure(String call, long offsetBytes, long lengthBytes, long answer) {
        return Errno.failure(where(call, offsetBytes, lengthBytes), answer);
    }

    private IoFailure shortWrite(String call, long offsetBytes, long lengthBytes, long n) {
        return new IoFailure(Kind.OTHER, 0, where(call, offsetBytes, lengthBytes) + ": wrote only " + n, null);
    }

    private String where(String call, long offsetBytes, long lengthBytes) {
        return call + " " + path + " offset=" + offsetBytes + " length=" + lengthBytes;
    }
}
