package dev.nori.wal.bench.bare;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library that the benchmarks call. Each answers what the function answers, or {@code -errno}.
 *
 * <p>The flags are those of x86-64; on another architecture {@code O_DIRECT} is refused by {@link BareFile}.
 */
final class Libc {
    static final int O_RDONLY = 0;
    static final int O_RDWR = 0x2;
    static final int O_CREAT = 0x40;
    static final int O_DIRECT = 0x4000;
    static final int RWF_DSYNC = 2;
    static final int POSIX_FADV_SEQUENTIAL = 2;
    static final int POSIX_FADV_DONTNEED = 4;

    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = CAPTURE.byteOffset(PathElement.groupElement("errno"));

    private static final FunctionDescriptor OF_DESCRIPTOR = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor OF_TRANSFER =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle OPEN = bind(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = bind("close", OF_DESCRIPTOR);
    private static final MethodHandle PREAD = bind("pread", OF_TRANSFER);
    private static final MethodHandle PWRITE = bind("pwrite", OF_TRANSFER);
    private static final MethodHandle PWRITEV2 =
            bind("pwritev2", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle FDATASYNC = bind("fdatasync", OF_DESCRIPTOR);
    private static final MethodHandle FALLOCATE =
            bind("fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle POSIX_FADVISE =
            bind("posix_fadvise", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

    private Libc() {}

    /** Where the linker leaves {@code errno}; one for each thread that calls. */
    static MemorySegment capture(Arena arena) {
        return arena.allocate(CAPTURE);
    }

    // int open(const char *path, int flags, ... /* mode_t mode */)
    static int open(MemorySegment capture, MemorySegment path, int flags, int mode) {
        try {
            return answer(capture, (int) OPEN.invokeExact(capture, path, flags, mode));
        } catch (Throwable t) {
            throw unexpected("open", t);
        }
    }

    // int close(int fd)
    static int close(MemorySegment capture, int fd) {
        try {
            return answer(capture, (int) CLOSE.invokeExact(capture, fd));
        } catch (Throwable t) {
            throw unexpected("close", t);
        }
    }

    // ssize_t pread(int fd, void *buf, size_t count, off_t offset)
    static long pread(MemorySegment capture, int fd, MemorySegment into, long offset) {
        try {
            return answer(capture, (long) PREAD.invokeExact(capture, fd, into, into.byteSize(), offset));
        } catch (Throwable t) {
            throw unexpected("pread", t);
        }
    }

    // ssize_t pwrite(int fd, const void *buf, size_t count, off_t offset)
    static long pwrite(MemorySegment capture, int fd, MemorySegment data, long offset) {
        try {
            return answer(capture, (long) PWRITE.invokeExact(capture, fd, data, data.byteSize(), offset));
        } catch (Throwable t) {
            throw unexpected("pwrite", t);
        }
    }

    // ssize_t pwritev2(int fd, const struct iovec *iov, int iovcnt, off_t offset, int flags)
    static long pwritev2(MemorySegment capture, int fd, MemorySegment vectors, int count, long offset, int flags) {
        try {
            return answer(capture, (long) PWRITEV2.invokeExact(capture, fd, vectors, count, offset, flags));
        } catch (Throwable t) {
            throw unexpected("pwritev2", t);
        }
    }

    // int fdatasync(int fd)
    static int fdatasync(MemorySegment capture, int fd) {
        try {
            return answer(capture, (int) FDATASYNC.invokeExact(capture, fd));
        } catch (Throwable t) {
            throw unexpected("fdatasync", t);
        }
    }

    // int fallocate(int fd, int mode, off_t offset, off_t len)
    static int fallocate(MemorySegment capture, int fd, int mode, long offset, long length) {
        try {
            return answer(capture, (int) FALLOCATE.invokeExact(capture, fd, mode, offset, length));
        } catch (Throwable t) {
            throw unexpected("fallocate", t);
        }
    }

    // int posix_fadvise(int fd, off_t offset, off_t len, int advice); answers the error itself
    static int posixFadvise(MemorySegment capture, int fd, long offset, long length, int advice) {
        try {
            return -(int) POSIX_FADVISE.invokeExact(capture, fd, offset, length, advice);
        } catch (Throwable t) {
            throw unexpected("posix_fadvise", t);
        }
    }

    private static int answer(MemorySegment capture, int n) {
        return n >= 0 ? n : -capture.get(JAVA_INT, ERRNO_OFFSET);
    }

    private static long answer(MemorySegment capture, long n) {
        return n >= 0 ? n : -capture.get(JAVA_INT, ERRNO_OFFSET);
    }

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
}
