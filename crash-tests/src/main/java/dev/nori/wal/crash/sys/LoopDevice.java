package dev.nori.wal.crash.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A loop device over one file: a real block device as far as any file system can tell.
 *
 * <p>It is set to clear itself, so it goes when the last user does, even if this process is killed. Its
 * write cache is the file's: a barrier of the file system becomes an fsync of the file.
 *
 * <p>{@code struct loop_config}, 304 bytes: fd u32 @0, block size u32 @4, then loop_info64 @8, in it the
 * flags u32 @52 and the file's name, 64 bytes @56.
 */
public final class LoopDevice implements AutoCloseable {
    private static final Path CONTROL = Path.of("/dev/loop-control");
    private static final Path BLOCK_DEVICES = Path.of("/sys/block");

    private static final long LOOP_CLR_FD = 0x4C01;
    private static final long LOOP_CONFIGURE = 0x4C0A;
    private static final long LOOP_CTL_GET_FREE = 0x4C82;

    private static final long CONFIG_BYTES = 304;
    private static final long BLOCK_SIZE_AT = 4;
    private static final long FLAGS_AT = 8 + 52;
    private static final long NAME_AT = 8 + 56;
    private static final int NAME_LIMIT_BYTES = 63;

    private static final int FLAG_AUTOCLEAR = 4;
    private static final int FLAG_DIRECT_IO = 16;

    private static final String PAGE_KIB = "4";

    private static final int ATTEMPTS = 64;
    private static final long DETACH_LIMIT_NANOS = 10_000_000_000L;

    /** Whether the host's page cache may stand between the device and its file. */
    public enum HostCache {
        /** Each request of the device reaches the file as it is, in its own size. */
        BYPASSED,
        /** Writes rest in the host's page cache until the device is flushed. */
        USED
    }

    private final Path device;
    private final Path backingFile;
    private int fd;
    private String wholeRequests = ""; // the limit before requests were split

    private LoopDevice(Path device, Path backingFile, int fd) {
        this.device = device;
        this.backingFile = backingFile;
        this.fd = fd;
    }

    /**
     * Attaches a free loop device to a file.
     *
     * @param backingFile an existing file; its size is the device's
     * @param sectorSizeBytes the logical block size, 512 or 4096
     * @throws SysException if no device is free or the kernel refuses; nothing stays attached
     */
    public static LoopDevice attach(Path backingFile, int sectorSizeBytes, HostCache cache) throws SysException {
        if (sectorSizeBytes != 512 && sectorSizeBytes != 4096) {
            throw new IllegalArgumentException("sector size must be 512 or 4096: " + sectorSizeBytes);
        }
        try (CallState state = CallState.open()) {
            int file = Fds.open(state, backingFile, Sys.O_RDWR);
            try {
                MemorySegment config = config(state, file, backingFile, sectorSizeBytes, cache);
                return attach(state, backingFile, config);
            } finally {
                Fds.close(state, file);
            }
        }
    }

    private static MemorySegment config(
            CallState state, int file, Path backingFile, int sectorSizeBytes, HostCache cache) {
        MemorySegment config = state.allocate(CONFIG_BYTES, 8);
        config.set(JAVA_INT, 0, file);
        config.set(JAVA_INT, BLOCK_SIZE_AT, sectorSizeBytes);
        config.set(JAVA_INT, FLAGS_AT, FLAG_AUTOCLEAR | (cache == HostCache.BYPASSED ? FLAG_DIRECT_IO : 0));
        byte[] name = backingFile.toString().getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(MemorySegment.ofArray(name), 0, config, NAME_AT, Math.min(name.length, NAME_LIMIT_BYTES));
        return config;
    }

    // Between "which is free" and "take it" another process may take it: EBUSY, ask again.
    private static LoopDevice attach(CallState state, Path backingFile, MemorySegment config) throws SysException {
        int control = Fds.open(state, CONTROL, Sys.O_RDWR);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int number = Fds.ioctl(state, control, LOOP_CTL_GET_FREE, MemorySegment.NULL, "LOOP_CTL_GET_FREE");
                Path device = Path.of("/dev/loop" + number);
                int fd = Fds.open(state, device, Sys.O_RDWR);
                int result = Sys.ioctl(state, fd, LOOP_CONFIGURE, config);
                if (result >= 0) return new LoopDevice(device, backingFile, keepReadOnly(state, device, fd));
                Fds.close(state, fd);
                if (result != -Errno.EBUSY) SysException.check(result, "LOOP_CONFIGURE " + device);
            }
            throw new SysException("LOOP_CONFIGURE, " + ATTEMPTS + " devices in turn", Errno.EBUSY);
        } finally {
            Fds.close(state, control);
        }
    }

    // Some kernels refuse to mount a device that somebody else holds open for writing.
    private static int keepReadOnly(CallState state, Path device, int writable) throws SysException {
        try {
            return Fds.open(state, device, Sys.O_RDONLY);
        } finally {
            Fds.close(state, writable);
        }
    }

    /** The block device, {@code /dev/loopN}. */
    public Path device() {
        return device;
    }

    /**
     * Splits requests into pages. The driver takes a short write of its file for a whole one; a page is written or fails.
     *
     * @throws IOException if the kernel does not let us
     */
    public void splitRequests() throws IOException {
        wholeRequests = Files.readString(requestLimit());
        Files.writeString(requestLimit(), PAGE_KIB);
    }

    private Path requestLimit() {
        return BLOCK_DEVICES.resolve(device.getFileName()).resolve("queue/max_sectors_kb");
    }

    private void joinRequests() {
        if (wholeRequests.isEmpty()) return;
        try {
            Files.writeString(requestLimit(), wholeRequests);
        } catch (IOException goneWithTheDevice) {
            return;
        }
    }

    /**
     * Detaches. While something is mounted on it the device stays until that is unmounted.
     * Does nothing the second time.
     */
    @Override
    public void close() {
        if (fd < 0) return;
        joinRequests();
        try (CallState state = CallState.open()) {
            Sys.ioctl(state, fd, LOOP_CLR_FD, MemorySegment.NULL);
            Fds.close(state, fd);
        }
        fd = -1;
    }

    /**
     * Waits until the device no longer holds the file.
     *
     * @throws IOException if it still does after ten seconds; the message names who has the device open
     */
    public void awaitDetached() throws IOException {
        long deadline = System.nanoTime() + DETACH_LIMIT_NANOS;
        while (backingFile(device).filter(backingFile::equals).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(device + " is still in use, by processes " + Processes.thatHaveOpen(device));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Detaches a loop device by its path, if {@code expected} is still its backing file; others are left alone. */
    public static void detachIfBackedBy(Path device, Path expected) throws IOException {
        if (backingFile(device).filter(expected::equals).isEmpty()) return;
        try (CallState state = CallState.open()) {
            int fd = Fds.open(state, device, Sys.O_RDONLY);
            Sys.ioctl(state, fd, LOOP_CLR_FD, MemorySegment.NULL);
            Fds.close(state, fd);
        }
    }

    /** Every loop device that has a backing file now. */
    public static List<Path> attached() throws IOException {
        List<Path> devices = new ArrayList<>();
        try (Stream<Path> entries = Files.list(BLOCK_DEVICES)) {
            for (Path entry : entries.toList()) {
                Path device = Path.of("/dev").resolve(entry.getFileName());
                if (backingFile(device).isPresent()) devices.add(device);
            }
        }
        return devices;
    }

    /** The file behind a loop device, or nothing if it is free or no loop device. */
    public static Optional<Path> backingFile(Path device) throws IOException {
        Path entry = BLOCK_DEVICES.resolve(device.getFileName()).resolve("loop/backing_file");
        try {
            return Optional.of(Path.of(Files.readString(entry).stripTrailing()));
        } catch (NoSuchFileException free) {
            return Optional.empty();
        } catch (IOException detachedMeanwhile) {
            if (Files.exists(entry)) throw detachedMeanwhile;
            return Optional.empty();
        }
    }
}
