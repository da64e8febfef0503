package dev.nori.wal.io.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function of the C library. */
class LibcTest {
    private static final int NO_FILE = 1 << 20;

    private final CallState state = CallState.current();

    @TempDir
    Path directory;

    @BeforeEach
    void hasToBeThere() {
        assumeTrue(LinuxStorage.whyNot().isEmpty(), () -> LinuxStorage.whyNot().orElseThrow());
    }

    @Test
    void answersWithTheErrorAsANegativeNumber() {
        MemorySegment data = Arena.ofAuto().allocate(16);
        int badDescriptor = -Errno.EBADF.number;
        assertEquals(badDescriptor, Libc.close(state, NO_FILE));
        assertEquals(badDescriptor, Libc.pread(state, NO_FILE, data, 0));
        assertEquals(badDescriptor, Libc.pwrite(state, NO_FILE, data, 0));
        assertEquals(badDescriptor, Libc.pwritev2(state, NO_FILE, 0, 0, 0));
        assertEquals(badDescriptor, Libc.fdatasync(state, NO_FILE));
        assertEquals(badDescriptor, Libc.fsync(state, NO_FILE));
        assertEquals(badDescriptor, Libc.fallocate(state, NO_FILE, 0, 0, 1));
        assertEquals(badDescriptor, Libc.posixFadvise(state, NO_FILE, 0, 0, Libc.POSIX_FADV_SEQUENTIAL));
        assertEquals(badDescriptor, Libc.ftruncate(state, NO_FILE, 0));
        assertEquals(badDescriptor, Libc.fcntl(state, NO_FILE, Libc.F_OFD_SETLK, state.wholeFileLock()));
        assertEquals(badDescriptor, Libc.statx(state, NO_FILE, Libc.AT_EMPTY_PATH, Libc.STATX_SIZE));
        assertEquals(-Errno.ENOENT.number, open(directory.resolve("missing"), Abi.O_RDONLY));
        assertEquals(-Errno.EISDIR.number, open(directory, Abi.O_RDWR));
    }

    @Test
    void decidesNothing() throws Exception {
        Path file = directory.resolve("file");
        Files.write(file, new byte[10]);
        int fd = open(file, Abi.O_RDWR);
        assertEquals(4, Libc.pread(state, fd, Arena.ofAuto().allocate(100), 6), "a short read stays short");
        assertEquals(-Errno.EINVAL.number, Libc.fallocate(state, fd, 0, 0, 0));
        assertEquals(0, Libc.statx(state, fd, Libc.AT_EMPTY_PATH, Libc.STATX_SIZE));
        assertEquals(10, state.statxSize());
        assertEquals(0, Libc.close(state, fd));
        assertEquals(-Errno.EBADF.number, Libc.close(state, fd), "closing again is told");
    }

    @Test
    void hasItsOwnMemoryInEachThread() throws Exception {
        assertSame(state, CallState.current());
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            assertNotSame(state, other.submit(CallState::current).get());
        }
    }

    @Test
    void tellsEachThreadItsOwnReason() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean missing = i % 2 == 0;
                Path path = missing ? directory.resolve("missing") : directory;
                Errno reason = missing ? Errno.ENOENT : Errno.EISDIR;
                results.add(pool.submit(() -> {
                    for (int round = 0; round < 2000; round++) assertTrue(reason.is(open(path, Abi.O_RDWR)));
                }));
            }
            for (Future<?> result : results) result.get();
        }
    }

    private static int open(Path path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return Libc.open(CallState.current(), NativePath.of(arena, path), flags, 0);
        }
    }
}
