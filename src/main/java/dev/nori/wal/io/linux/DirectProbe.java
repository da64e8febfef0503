package dev.nori.wal.io.linux;

import dev.nori.wal.io.Folder;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/** Finds out whether a directory can do direct I/O, and in which unit, by doing it once. */
final class DirectProbe {
    /** What the log writes at least; a device with a larger unit is not for direct I/O. */
    static final int BLOCK_BYTES = 4096;

    private DirectProbe() {}

    /**
     * Writes one block to a file that has no name any more when it is written, so that nothing is left behind. Where there is no space for
     * another file, one that is there has to do.
     *
     * @return what offsets, lengths and addresses must be multiples of
     * @throws IoFailure of kind {@link Kind#UNSUPPORTED} if the directory cannot do it, of another kind if
     *     not even the file could be made
     */
    static int alignment(Path directory, Abi abi) throws IoFailure {
        Path path = directory.resolve(".probe-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        CallState state = CallState.current();
        int fd;
        try {
            fd = openWithoutName(state, path, abi);
        } catch (IoFailure e) {
            if (e.kind() != Kind.FULL) throw e;
            return alignmentOfAFile(directory, abi, state, e);
        }
        try {
            int alignment = reportedAlignment(state, fd, path);
            writeBlock(state, fd, path);
            return alignment;
        } finally {
            Libc.close(state, fd);
        }
    }

    private static int alignmentOfAFile(Path directory, Abi abi, CallState state, IoFailure why) throws IoFailure {
        List<String> names = Folder.plainFiles(directory);
        if (names.isEmpty()) throw why;
        Path path = directory.resolve(names.getFirst());
        int fd = openThere(state, path, abi);
        try {
            return reportedAlignment(state, fd, path);
        } finally {
            Libc.close(state, fd);
        }
    }

    private static int openThere(CallState state, Path path, Abi abi) throws IoFailure {
        try (Arena arena = Arena.ofConfined()) {
            int fd = Libc.open(state, NativePath.of(arena, path), Abi.O_RDWR | Abi.O_CLOEXEC | abi.oDirect(), 0);
            if (Errno.EINVAL.is(fd)) throw refused("open " + path + " O_DIRECT", fd);
            if (fd < 0) throw Errno.failure("open " + path + " O_DIRECT", fd);
            return fd;
        }
    }

    private static int openWithoutName(CallState state, Path path, Abi abi) throws IoFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = NativePath.of(arena, path);
            int flags = Abi.O_RDWR | Abi.O_CREAT | Abi.O_EXCL | Abi.O_CLOEXEC | abi.oDirect();
            int fd = Libc.open(state, name, flags, 0600);
            // EINVAL comes after the file was created: it has to go in either case.
            if (fd >= 0 || Errno.EINVAL.is(fd)) Libc.unlink(state, name);
            if (Errno.EINVAL.is(fd)) throw refused("open " + path + " O_DIRECT", fd);
            if (fd < 0) throw Errno.failure("open " + path + " O_DIRECT", fd);
            return fd;
        }
    }

    /** A kernel that does not report the unit gets the largest one we know to live with. */
    private static int reportedAlignment(CallState state, int fd, Path path) throws IoFailure {
        int answer = Libc.statx(state, fd, Libc.AT_EMPTY_PATH, Libc.STATX_DIOALIGN);
        if (answer < 0) throw Errno.failure("statx " + path, answer);
        if (!state.statxKnowsDirect()) return BLOCK_BYTES;
        int memory = state.statxMemoryAlignment();
        int offset = state.statxOffsetAlignment();
        int unit = Math.max(memory, offset);
        boolean usable = memory > 0 && offset > 0 && BLOCK_BYTES % memory == 0 && BLOCK_BYTES % offset == 0;
        if (usable && unit % Math.min(memory, offset) == 0) return unit;
        throw new IoFailure(
                Kind.UNSUPPORTED,
                0,
                "statx " + path + ": direct I/O needs memory aligned to " + memory + " and offsets aligned to " + offset
                        + ", not units of at most " + BLOCK_BYTES,
                null);
    }

    /** On a full disk the answer of open and statx has to do. */
    private static void writeBlock(CallState state, int fd, Path path) throws IoFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(BLOCK_BYTES, BLOCK_BYTES);
            long n;
            do {
                n = Libc.pwrite(state, fd, block, 0);
            } while (Errno.EINTR.is(n));
            if (n == BLOCK_BYTES || Errno.ENOSPC.is(n) || Errno.EDQUOT.is(n)) return;
            String what = "pwrite " + path + " O_DIRECT offset=0 length=" + BLOCK_BYTES;
            if (n < 0) throw refused(what, n);
            throw new IoFailure(Kind.UNSUPPORTED, 0, what + ": wrote only " + n, null);
        }
    }

    private static IoFailure refused(String what, long answer) {
        return Errno.failure(Kind.UNSUPPORTED, what, answer);
    }
}
