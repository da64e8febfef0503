package dev.nori.wal.io.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * The functions of the C library that we call; the only downcalls in the house.
 *
 * <p>One method per function. Each answers what the function answers, or {@code -errno}, and decides
 * nothing: not whether {@code EINTR} means again, not whether a short write is an error.
 *
 * <p>Linking costs about 20 ms for each distinct shape and next to nothing for another function of the
 * same shape, all of it at first use. So some prototypes are mirrored with a wider integer than they
 * have, marked by "wide": where C says {@code int}, both architectures in {@link Abi} look at the lower
 * half of the register only.
 */
final class Libc {
    /** {@code RWF_DSYNC} of {@link #pwritev2}: this write, and it alone, as if the file were open with O_DSYNC. */
    static final int RWF_DSYNC = 2;

    /** {@code F_OFD_GETLK} of {@link #fcntl}. */
    static final int F_OFD_GETLK = 36;

    /** {@code F_OFD_SETLK} of {@link #fcntl}. */
    static final int F_OFD_SETLK = 37;

    /** {@code AT_EMPTY_PATH} of {@link #statx}: the descriptor itself. */
    static final int AT_EMPTY_PATH = 0x1000;

    /** {@code STATX_SIZE} of {@link #statx}. */
    static final int STATX_SIZE = 0x200;

    /** {@code STATX_DIOALIGN} of {@link #statx}: the units of direct I/O. */
    static final int STATX_DIOALIGN = 0x2000;

    /** {@code POSIX_FADV_SEQUENTIAL} of {@link #posixFadvise}. */
    static final int POSIX_FADV_SEQUENTIAL = 2;

    /** {@code POSIX_FADV_DONTNEED} of {@link #posixFadvise}. */
    static final int POSIX_FADV_DONTNEED = 4;

    private static final FunctionDescriptor OF_DESCRIPTOR = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor OF_TRANSFER =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor OF_RANGE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor OF_TWO_POINTERS = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);

    private Libc() {}

    /**
     * Links the functions that an old C library may lack, and is denied if native access is.
     *
     * @throws LinkageError if something is missing or not allowed
     */
    static void linkYoungest() {
        Objects.requireNonNull(Statx.HANDLE);
        Objects.requireNonNull(Pwritev2.HANDLE);
    }

    // int open(const char *path, int flags, ... /* mode_t mode */)
    static int open(CallState state, MemorySegment path, int flags, int mode) {
        try {
            return answer(state, (int) Open.HANDLE.invokeExact(state.capture, path, flags, mode));
        } catch (Throwable t) {
            throw unexpected("open", t);
        }
    }

    // int close(int fd)
    static int close(CallState state, int fd) {
        try {
            return answer(state, (int) Close.HANDLE.invokeExact(state.capture, fd));
        } catch (Throwable t) {
            throw unexpected("close", t);
        }
    }

    // ssize_t pread(int fd, void *buf, size_t count, off_t offset)
    static long pread(CallState state, int fd, MemorySegment into, long offset) {
        try {
            return answer(state, (long) Pread.HANDLE.invokeExact(state.capture, fd, into, into.byteSize(), offset));
        } catch (Throwable t) {
            throw unexpected("pread", t);
        }
    }

    // ssize_t pwrite(int fd, const void *buf, size_t count, off_t offset)
    static long pwrite(CallState state, int fd, MemorySegment data, long offset) {
        try {
            return answer(state, (long) Pwrite.HANDLE.invokeExact(state.capture, fd, data, data.byteSize(), offset));
        } catch (Throwable t) {
            throw unexpected("pwrite", t);
        }
    }

    // ssize_t pwritev2(int fd, const struct iovec *iov, int iovcnt, off_t offset, int flags)
    static long pwritev2(CallState state, int fd, int count, long offset, int flags) {
        try {
            return answer(
                    state, (long) Pwritev2.HANDLE.invokeExact(state.capture, fd, state.vectors, count, offset, flags));
        } catch (Throwable t) {
            throw unexpected("pwritev2", t);
        }
    }

    // int fdatasync(int fd)
    static int fdatasync(CallState state, int fd) {
        try {
            return answer(state, (int) Fdatasync.HANDLE.invokeExact(state.capture, fd));
        } catch (Throwable t) {
            throw unexpected("fdatasync", t);
        }
    }

    // int fsync(int fd)
    static int fsync(CallState state, int fd) {
        try {
            return answer(state, (int) Fsync.HANDLE.invokeExact(state.capture, fd));
        } catch (Throwable t) {
            throw unexpected("fsync", t);
        }
    }

    // int fallocate(int fd, int mode, off_t offset, off_t len); wide: mode
    static int fallocate(CallState state, int fd, int mode, long offset, long length) {
        try {
            return answer(state, (int) Fallocate.HANDLE.invokeExact(state.capture, fd, (long) mode, offset, length));
        } catch (Throwable t) {
            throw unexpected("fallocate", t);
        }
    }

    // int posix_fadvise(int fd, off_t offset, off_t len, int advice); wide: advice; answers the error itself
    static int posixFadvise(CallState state, int fd, long offset, long length, int advice) {
        try {
            return -(int) PosixFadvise.HANDLE.invokeExact(state.capture, fd, offset, length, (long) advice);
        } catch (Throwable t) {
            throw unexpected("posix_fadvise", t);
        }
    }

    // int ftruncate(int fd, off_t length)
    static int ftruncate(CallState state, int fd, long length) {
        try {
            return answer(state, (int) Ftruncate.HANDLE.invokeExact(state.capture, fd, length));
        } catch (Throwable t) {
            throw unexpected("ftruncate", t);
        }
    }

    // int statx(int dirfd, const char *path, int flags, unsigned int mask, struct statx *buf)
    static int statx(CallState state, int fd, int flags, int mask) {
        try {
            return answer(
                    state, (int) Statx.HANDLE.invokeExact(state.capture, fd, state.noPath, flags, mask, state.statx));
        } catch (Throwable t) {
            throw unexpected("statx", t);
        }
    }

    // int fcntl(int fd, int cmd, ... /* struct flock *lock */)
    static int fcntl(CallState state, int fd, int command, MemorySegment lock) {
        try {
            return answer(state, (int) Fcntl.HANDLE.invokeExact(state.capture, fd, command, lock));
        } catch (Throwable t) {
            throw unexpected("fcntl", t);
        }
    }

    // int rename(const char *from, const char *to)
    static int rename(CallState state, MemorySegment from, MemorySegment to) {
        try {
            return answer(state, (int) Rename.HANDLE.invokeExact(state.capture, from, to));
        } catch (Throwable t) {
            throw unexpected("rename", t);
        }
    }

    // int unlink(const char *path)
    static int unlink(CallState state, MemorySegment path) {
        try {
            return answer(state, (int) Unlink.HANDLE.invokeExact(state.capture, path));
        } catch (Throwable t) {
            throw unexpected("unlink", t);
        }
    }

    // int statvfs(const char *path, struct statvfs *buf)
    static int statvfs(CallState state, MemorySegment path) {
        try {
            return answer(state, (int) Statvfs.HANDLE.invokeExact(state.capture, path, state.statvfs));
        } catch (Throwable t) {
            throw unexpected("statvfs", t);
        }
    }

    private static int answer(CallState state, int n) {
        return n >= 0 ? n : -state.errno();
    }

    private static long answer(CallState state, long n) {
        return n >= 0 ? n : -state.errno();
    }

    /** What a downcall throws is never the kernel's word: a bad argument, memory that is closed, or our mistake. */
    private static AssertionError unexpected(String function, Throwable t) {
        if (t instanceof RuntimeException e) throw e;
        if (t instanceof Error e) throw e;
        return new AssertionError(function, t);
    }

    /** Links one function. Restricted, because a wrong descriptor here would crash the JVM. */
    @SuppressWarnings("restricted")
    private static MethodHandle bind(String function, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = Linker.Option.captureCallState("errno");
        MemorySegment address = linker.defaultLookup()
                .find(function)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + function));
        return linker.downcallHandle(address, shape, all);
    }

    // One holder per function: a handle is linked when its function is called first, and is a constant after that.

    private static final class Open {
        static final MethodHandle HANDLE = bind(
                "open",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
    }

    private static final class Close {
        static final MethodHandle HANDLE = bind("close", OF_DESCRIPTOR);
    }

    private static final class Pread {
        static final MethodHandle HANDLE = bind("pread", OF_TRANSFER);
    }

    private static final class Pwrite {
        static final MethodHandle HANDLE = bind("pwrite", OF_TRANSFER);
    }

    private static final class Pwritev2 {
        static final MethodHandle HANDLE =
                bind("pwritev2", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT));
    }

    private static final class Fdatasync {
        static final MethodHandle HANDLE = bind("fdatasync", OF_DESCRIPTOR);
    }

    private static final class Fsync {
        static final MethodHandle HANDLE = bind("fsync", OF_DESCRIPTOR);
    }

    private static final class Fallocate {
        static final MethodHandle HANDLE = bind("fallocate", OF_RANGE);
    }

    private static final class PosixFadvise {
        static final MethodHandle HANDLE = bind("posix_fadvise", OF_RANGE);
    }

    private static final class Ftruncate {
        static final MethodHandle HANDLE = bind("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    }

    private static final class Statx {
        static final MethodHandle HANDLE =
                bind("statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    }

    private static final class Fcntl {
        static final MethodHandle HANDLE = bind(
                "fcntl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
                Linker.Option.firstVariadicArg(2));
    }

    private static final class Rename {
        static final MethodHandle HANDLE = bind("rename", OF_TWO_POINTERS);
    }

    private static final class Unlink {
        static final MethodHandle HANDLE = bind("unlink", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    private static final class Statvfs {
        static final MethodHandle HANDLE = bind("statvfs", OF_TWO_POINTERS);
    }
}
