package dev.nori.wal.crash.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Every downcall of the crash harness, one method per libc function.
 *
 * <p>Each answers with the function's value, or with the negative errno; none retries, none decides.
 * No call is marked critical: the thread that serves a disk must be able to run while another waits for it here.
 */
public final class Sys {
    public static final int O_RDONLY = 0;
    public static final int O_RDWR = 2;
    public static final int O_CLOEXEC = 0x80000;
    /** Past the page cache. Another bit on ARM, where the one of x86-64 means a directory. */
    public static final int O_DIRECT = System.getProperty("os.arch").equals("aarch64") ? 0x10000 : 0x4000;

    /** For {@link #umount2}: abort what is in flight (FUSE), then unmount. */
    public static final int MNT_FORCE = 1;
    /** For {@link #umount2}: out of the tree now, gone when the last user is. */
    public static final int MNT_DETACH = 2;

    public static final int SIGKILL = 9;

    /** For {@link #prlimit}: how long a file may be that is written to. */
    public static final int RLIMIT_FSIZE = 1;

    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle OPEN = bind("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = bind("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = bind("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle PREAD = bind("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PWRITE = bind("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FDATASYNC = bind("fdatasync", JAVA_INT, JAVA_INT);
    private static final MethodHandle FSYNC = bind("fsync", JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL = bind("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle MOUNT = bind("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle UMOUNT2 = bind("umount2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle PRLIMIT = bind("prlimit", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle KILL = bind("kill", JAVA_INT, JAVA_INT, JAVA_INT);

    private Sys() {}

    // int open(const char *pathname, int flags, ... mode_t mode)
    public static int open(CallState state, MemorySegment path, int flags, int mode) {
        try {
            int n = (int) OPEN.invokeExact(state.segment, path, flags, mode);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("open", t);
        }
    }

    // int close(int fd)
    public static int close(CallState state, int fd) {
        try {
            int n = (int) CLOSE.invokeExact(state.segment, fd);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("close", t);
        }
    }

    // ssize_t read(int fd, void *buf, size_t count)
    public static long read(CallState state, int fd, MemorySegment target) {
        try {
            long n = (long) READ.invokeExact(state.segment, fd, target, target.byteSize());
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("read", t);
        }
    }

    // ssize_t write(int fd, const void *buf, size_t count)
    public static long write(CallState state, int fd, MemorySegment data) {
        try {
            long n = (long) WRITE.invokeExact(state.segment, fd, data, data.byteSize());
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("write", t);
        }
    }

    // ssize_t pread(int fd, void *buf, size_t count, off_t offset)
    public static long pread(CallState state, int fd, MemorySegment target, long offsetBytes) {
        try {
            long n = (long) PREAD.invokeExact(state.segment, fd, target, target.byteSize(), offsetBytes);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("pread", t);
        }
    }

    // ssize_t pwrite(int fd, const void *buf, size_t count, off_t offset)
    public static long pwrite(CallState state, int fd, MemorySegment data, long offsetBytes) {
        try {
            long n = (long) PWRITE.invokeExact(state.segment, fd, data, data.byteSize(), offsetBytes);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("pwrite", t);
        }
    }

    // int fdatasync(int fd)
    public static int fdatasync(CallState state, int fd) {
        try {
            int n = (int) FDATASYNC.invokeExact(state.segment, fd);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("fdatasync", t);
        }
    }

    // int fsync(int fd)
    public static int fsync(CallState state, int fd) {
        try {
            int n = (int) FSYNC.invokeExact(state.segment, fd);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("fsync", t);
        }
    }

    // int ioctl(int fd, unsigned long request, ... void *argument)
    public static int ioctl(CallState state, int fd, long request, MemorySegment argument) {
        try {
            int n = (int) IOCTL.invokeExact(state.segment, fd, request, argument);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("ioctl", t);
        }
    }

    // int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)
    public static int mount(
            CallState state,
            MemorySegment source,
            MemorySegment target,
            MemorySegment type,
            long flags,
            MemorySegment data) {
        try {
            int n = (int) MOUNT.invokeExact(state.segment, source, target, type, flags, data);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("mount", t);
        }
    }

    // int umount2(const char *target, int flags)
    public static int umount2(CallState state, MemorySegment target, int flags) {
        try {
            int n = (int) UMOUNT2.invokeExact(state.segment, target, flags);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("umount2", t);
        }
    }

    // int prlimit(pid_t pid, int resource, const struct rlimit *new_limit, struct rlimit *old_limit)
    public static int prlimit(CallState state, int pid, int resource, MemorySegment newLimit, MemorySegment oldLimit) {
        try {
            int n = (int) PRLIMIT.invokeExact(state.segment, pid, resource, newLimit, oldLimit);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("prlimit", t);
        }
    }

    // int kill(pid_t pid, int sig)
    public static int kill(CallState state, int pid, int signal) {
        try {
            int n = (int) KILL.invokeExact(state.segment, pid, signal);
            return n >= 0 ? n : -state.errno();
        } catch (Throwable t) {
            throw unexpected("kill", t);
        }
    }

    private static MethodHandle bind(String name, ValueLayout result, MemoryLayout... arguments) {
        return bind(name, FunctionDescriptor.of(result, arguments), capture());
    }

    private static MethodHandle bind(String name, int firstVariadic, ValueLayout result, MemoryLayout... arguments) {
        FunctionDescriptor prototype = FunctionDescriptor.of(result, arguments);
        return bind(name, prototype, capture(), Linker.Option.firstVariadicArg(firstVariadic));
    }

    @SuppressWarnings("restricted") // the one place that binds native functions
    private static MethodHandle bind(String name, FunctionDescriptor prototype, Linker.Option... options) {
        MemorySegment address =
                LINKER.defaultLookup().find(name).orElseThrow(() -> new UnsatisfiedLinkError("libc has no " + name));
        return LINKER.downcallHandle(address, prototype, options);
    }

    private static Linker.Option capture() {
        return Linker.Option.captureCallState("errno");
    }

    private static RuntimeException unexpected(String call, Throwable thrown) {
        if (thrown instanceof RuntimeException unchecked) return unchecked;
        if (thrown instanceof Error error) throw error;
        throw new AssertionError(call + " threw a checked exception", thrown);
    }
}
