package dev.nori.wal.crash.sys;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** File descriptors with sentences for their failures. The caller closes what it opened. */
public final class Fds {
    private Fds() {}

    /**
     * Opens a file, close-on-exec, so that no child process keeps a disk busy.
     *
     * @param flags {@link Sys#O_RDONLY} or {@link Sys#O_RDWR}, and what else the platform knows
     * @return the descriptor
     */
    public static int open(CallState state, Path path, int flags) throws SysException {
        int fd = Sys.open(state, state.text(path.toString()), flags | Sys.O_CLOEXEC, 0);
        return (int) SysException.check(fd, "open " + path);
    }

    /** Closes a descriptor. Linux frees it even when the call reports an error, so nothing is thrown. */
    public static void close(CallState state, int fd) {
        Sys.close(state, fd);
    }

    /** An ioctl that must succeed; {@code name} is for the message. */
    public static int ioctl(CallState state, int fd, long request, MemorySegment argument, String name)
            throws SysException {
        return (int) SysException.check(Sys.ioctl(state, fd, request, argument), "ioctl " + name);
    }

    /** Makes a directory's entries durable. */
    public static void syncDirectory(Path directory) throws SysException {
        try (CallState state = CallState.open()) {
            int fd = open(state, directory, Sys.O_RDONLY);
            try {
                SysException.check(Sys.fsync(state, fd), "fsync " + directory);
            } finally {
                close(state, fd);
            }
        }
    }
}
