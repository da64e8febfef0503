package dev.nori.wal.bench.bare;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file and the system calls on it, nothing between. A short write or any error is an {@link IOException}: a benchmark
 * has no use for half of a measurement. For one thread at a time.
 */
public final class BareFile implements AutoCloseable {
    /** How the kernel is asked to move the bytes. */
    public enum Cache {
        /** Through the page cache. */
        BUFFERED,
        /** {@code O_DIRECT}: from the caller's memory to the device, in whole blocks. */
        DIRECT
    }

    /** Alignment that {@code O_DIRECT} asks for, in bytes. */
    public static final int BLOCK_BYTES = 4096;

    private static final int MODE = 0644;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment capture = Libc.capture(arena);
    private final MemorySegment vector = arena.allocate(ADDRESS.byteSize() + JAVA_LONG.byteSize(), 8);
    private final Path path;
    private final int fd;

    private BareFile(Path path, int flags) throws IOException {
        this.path = path;
        this.fd = (int) checked("open", Libc.open(capture, arena.allocateFrom(path.toString()), flags, MODE));
    }

    /** Opens for reading and writing; makes the file if it is not there. */
    public static BareFile open(Path path, Cache cache) throws IOException {
        return new BareFile(path, Libc.O_RDWR | Libc.O_CREAT | flags(cache));
    }

    /** Opens for reading. */
    public static BareFile openToRead(Path path, Cache cache) throws IOException {
        return new BareFile(path, Libc.O_RDONLY | flags(cache));
    }

    private static int flags(Cache cache) {
        if (cache == Cache.BUFFERED) return 0;
        String architecture = System.getProperty("os.arch");
        if (!architecture.equals("amd64")) throw new UnsupportedOperationException("O_DIRECT on " + architecture);
        return Libc.O_DIRECT;
    }

    /** Memory that {@code O_DIRECT} takes. It lives until it is no longer reachable. */
    public static MemorySegment aligned(long bytes) {
        return Arena.ofAuto().allocate(bytes, BLOCK_BYTES);
    }

    /** {@code pwrite}. */
    public void write(MemorySegment data, long offset) throws IOException {
        whole("pwrite", Libc.pwrite(capture, fd, data, offset), data.byteSize());
    }

    /** {@code pwritev2} with {@code RWF_DSYNC}: on return the bytes are on stable storage. */
    public void writeDurably(MemorySegment data, long offset) throws IOException {
        vector.set(ADDRESS, 0, data);
        vector.set(JAVA_LONG, ADDRESS.byteSize(), data.byteSize());
        whole("pwritev2", Libc.pwritev2(capture, fd, vector, 1, offset, Libc.RWF_DSYNC), data.byteSize());
    }

    /** {@code pread}: how many bytes, 0 at the end of the file. */
    public long read(MemorySegment into, long offset) throws IOException {
        return checked("pread", Libc.pread(capture, fd, into, offset));
    }

    /** {@code fdatasync}. */
    public void sync() throws IOException {
        checked("fdatasync", Libc.fdatasync(capture, fd));
    }

    /** {@code fallocate}: space for the first {@code bytes} of the file, and that size. */
    public void allocate(long bytes) throws IOException {
        checked("fallocate", Libc.fallocate(capture, fd, 0, 0, bytes));
    }

    /** Asks for more read-ahead. */
    public void adviseSequential() throws IOException {
        checked("posix_fadvise", Libc.posixFadvise(capture, fd, 0, 0, Libc.POSIX_FADV_SEQUENTIAL));
    }

    /** Asks the page cache to forget this file; what is not written back yet stays. */
    public void adviseForget() throws IOException {
        checked("posix_fadvise", Libc.posixFadvise(capture, fd, 0, 0, Libc.POSIX_FADV_DONTNEED));
    }

    @Override
    public void close() {
        Libc.close(capture, fd);
        arena.close();
    }

    private void whole(String call, long answer, long wanted) throws IOException {
        if (checked(call, answer) != wanted) {
            throw new IOException("%s of %d bytes to %s wrote %d".formatted(call, wanted, path, answer));
        }
    }

    private long checked(String call, long answer) throws IOException {
        if (answer < 0) throw new IOException("%s on %s: errno %d".formatted(call, path, -answer));
        return answer;
    }
}
