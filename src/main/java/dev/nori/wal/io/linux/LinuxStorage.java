package dev.nori.wal.io.linux;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.DirectoryLock;
import dev.nori.wal.io.Folder;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.StageMapping;
import dev.nori.wal.io.Storage;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A directory of Linux, through system calls.
 *
 * <p>In a direct storage, handles for writing bypass the page cache and take whole blocks only; handles for
 * reading go through it. In a buffered storage every handle does. {@code docs/native-io.md} lists what is
 * called and what is done about each answer.
 */
public final class LinuxStorage implements Storage {
    /** Permissions before the umask, the same that {@code java.nio} asks for. */
    private static final int CREATE_MODE = 0666;

    private final Path directory;
    private final Abi abi;
    private final IoMode mode;
    private final int writeAlignment;

    private LinuxStorage(Path directory, Abi abi, IoMode mode, int writeAlignment) {
        this.directory = directory;
        this.abi = abi;
        this.mode = mode;
        this.writeAlignment = writeAlignment;
    }

    /** Why this platform has no system calls for us, or empty if it has; asking touches nothing native. */
    public static Optional<String> whyNotHere() {
        if (Abi.current().isPresent()) return Optional.empty();
        String here = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        return Optional.of("system calls are known for Linux on amd64 and aarch64, not for " + here);
    }

    /**
     * Why this engine cannot run at all, or empty if it can. Asking links the first functions, so the JVM may
     * warn, and is told no where native access is denied.
     */
    public static Optional<String> whyNot() {
        Optional<String> why = whyNotHere();
        if (why.isPresent()) return why;
        try {
            Libc.linkYoungest();
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(Optional.ofNullable(e.getCause()).orElse(e).toString());
        }
    }

    /** Why {@link #direct} would fail for this directory, or empty if it would not. */
    public static Optional<String> whyNotDirect(Path directory) {
        try {
            direct(directory).close();
            return Optional.empty();
        } catch (IoFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The directory, written to directly.
     *
     * @throws IoFailure of kind {@link Kind#UNSUPPORTED} if the platform or the file system cannot do it
     */
    public static LinuxStorage direct(Path directory) throws IoFailure {
        Abi abi = abi(directory);
        return new LinuxStorage(directory, abi, IoMode.DIRECT, DirectProbe.alignment(directory, abi));
    }

    /**
     * The directory, through the page cache.
     *
     * @throws IoFailure of kind {@link Kind#UNSUPPORTED} if the platform cannot do it
     */
    public static LinuxStorage buffered(Path directory) throws IoFailure {
        return new LinuxStorage(directory, abi(directory), IoMode.BUFFERED, 1);
    }

    private static Abi abi(Path directory) throws IoFailure {
        Optional<String> why = whyNot();
        if (why.isPresent()) throw new IoFailure(Kind.UNSUPPORTED, 0, "open " + directory + ": " + why.get(), null);
        return Abi.current().orElseThrow();
    }

    @Override
    public IoMode mode() {
        return mode;
    }

    @Override
    public String directory() {
        return directory.toString();
    }

    @Override
    public List<String> list() throws IoFailure {
        return Folder.plainFiles(directory);
    }

    @Override
    public LogFile create(String name) throws IoFailure {
        return open(name, Access.WRITE, Abi.O_RDWR | Abi.O_CREAT | Abi.O_EXCL | direct(), writeAlignment);
    }

    @Override
    public LogFile open(String name, Access access) throws IoFailure {
        return switch (access) {
            case WRITE -> open(name, access, Abi.O_RDWR | direct(), writeAlignment);
            case READ -> open(name, access, Abi.O_RDONLY, 1);
        };
    }

    private int direct() {
        return mode == IoMode.DIRECT ? abi.oDirect() : 0;
    }

    private LinuxFile open(String name, Access access, int flags, int alignment) throws IoFailure {
        Path path = Folder.file(directory, name);
        int fd = open(path, flags | Abi.O_CLOEXEC);
        try {
            if (access == Access.READ) readAhead(fd);
            return new LinuxFile(name, path.toString(), fd, alignment, access);
        } catch (Throwable t) {
            Libc.close(CallState.current(), fd);
            throw t;
        }
    }

    private static int open(Path path, int flags) throws IoFailure {
        CallState state = CallState.current();
        try (Arena arena = Arena.ofConfined()) {
            int fd;
            do {
                fd = Libc.open(state, NativePath.of(arena, path), flags, CREATE_MODE);
            } while (Errno.EINTR.is(fd));
            if (fd < 0) throw Errno.failure("open " + path, fd);
            return fd;
        }
    }

    /** Logs are read front to back. It is advice: a file system that does not take it does no harm. */
    private static void readAhead(int fd) {
        Libc.posixFadvise(CallState.current(), fd, 0, 0, Libc.POSIX_FADV_SEQUENTIAL);
    }

    @Override
    public void rename(String from, String to) throws IoFailure {
        Path source = Folder.file(directory, from);
        Path target = Folder.file(directory, to);
        try (Arena arena = Arena.ofConfined()) {
            int answer = Libc.rename(CallState.current(), NativePath.of(arena, source), NativePath.of(arena, target));
            if (answer < 0) throw Errno.failure("rename " + source + " to " + target, answer);
        }
    }

    @Override
    public void delete(String name) throws IoFailure {
        Path path = Folder.file(directory, name);
        try (Arena arena = Arena.ofConfined()) {
            int answer = Libc.unlink(CallState.current(), NativePath.of(arena, path));
            if (answer < 0) throw Errno.failure("unlink " + path, answer);
        }
    }

    @Override
    public void syncDirectory() throws IoFailure {
        int fd = open(directory, Abi.O_RDONLY | abi.oDirectory() | Abi.O_CLOEXEC);
        CallState state = CallState.current();
        try {
            int answer;
            do {
                answer = Libc.fsync(state, fd);
            } while (Errno.EINTR.is(answer));
            if (answer < 0) throw Errno.failure(IoFailure.Kind.OTHER, "fsync " + directory, answer);
        } finally {
            Libc.close(state, fd);
        }
    }

    @Override
    public MappedMemory map(String name, long bytes) throws IoFailure {
        return StageMapping.open(Folder.file(directory, name), bytes, () -> openBuffered(name));
    }

    @Override
    public Lock lock(String name, String owner) throws IoFailure {
        return DirectoryLock.take(directory, name, owner, () -> openBuffered(name));
    }

    /** For files that are not the log's data: any offset and length, created if missing. */
    private LinuxFile openBuffered(String name) throws IoFailure {
        return open(name, Access.WRITE, Abi.O_RDWR | Abi.O_CREAT, 1);
    }

    @Override
    public long freeBytes() throws IoFailure {
        CallState state = CallState.current();
        try (Arena arena = Arena.ofConfined()) {
            int answer = Libc.statvfs(state, NativePath.of(arena, directory));
            if (answer < 0) throw Errno.failure("statvfs " + directory, answer);
            return state.statvfsFreeBytes();
        }
    }

    /** There is nothing to give back: the directory is opened only where it is synced. */
    @Override
    public void close() {}
}
