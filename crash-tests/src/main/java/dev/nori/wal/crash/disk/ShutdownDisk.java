package dev.nori.wal.crash.disk;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.nori.wal.crash.sys.CallState;
import dev.nori.wal.crash.sys.Fds;
import dev.nori.wal.crash.sys.LoopDevice;
import dev.nori.wal.crash.sys.LoopDevice.HostCache;
import dev.nori.wal.crash.sys.Mounts;
import dev.nori.wal.crash.sys.Needs;
import dev.nori.wal.crash.sys.Sys;
import dev.nori.wal.crash.sys.SysException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file system that drops its page cache on command: whatever it had not written is gone.
 *
 * <p>A loop device over a sparse file, ext4 or XFS on it, and their shutdown ioctl. What had reached the device
 * stays, so a missing flush after direct writes is not seen here; {@link CrashDisk} sees it.
 *
 * <p>The kernel may answer 0 to a sync that is under way while the file system goes down, and still lose it: read
 * what was acknowledged <em>before</em> {@link #shutdown}. Files on it may be mapped. For one thread at a time.
 */
public final class ShutdownDisk implements AutoCloseable {
    private static final long GOING_DOWN = 0x8004587dL; // _IOR('X', 125, uint32_t)

    private static final long UNMOUNT_PATIENCE_MILLIS = 5000;

    /** What the file system does before it goes down. */
    public enum Manner {
        /** Writes everything: loses nothing. To prove that a test can see the difference. */
        FLUSH_ALL(0),
        /** Writes its journal. */
        FLUSH_JOURNAL(1),
        /** Writes nothing: the nearest thing to a power cut. */
        FLUSH_NOTHING(2);

        private final int argument;

        Manner(int argument) {
            this.argument = argument;
        }
    }

    private final FileSystem fileSystem;
    private final int sectorSizeBytes;
    private final Path file;
    private final Teardown teardown;
    private final MountPoint mountPoint = new MountPoint();
    private LoopDevice loop;

    private ShutdownDisk(FileSystem fileSystem, int sectorSizeBytes, Path file, Teardown teardown) throws SysException {
        this.fileSystem = fileSystem;
        this.sectorSizeBytes = sectorSizeBytes;
        this.file = file;
        this.teardown = teardown;
        this.loop = LoopDevice.attach(file, sectorSizeBytes, HostCache.USED);
        teardown.add(this::detach, () -> loop.close());
        teardown.add(this::unmountAtLast, mountPoint::unmountByForce);
    }

    /** Why this machine cannot do it with that file system; nothing if it can. */
    public static Optional<String> missing(FileSystem fileSystem) {
        if (fileSystem == FileSystem.BTRFS) return Optional.of("btrfs answers ENOTTY to the shutdown ioctl");
        Needs needs = new Needs().linux().root().device("/dev/loop-control");
        return fileSystem.addNeeds(needs).missing();
    }

    /**
     * Makes a file system on a new disk; it is not mounted yet.
     *
     * @param sizeBytes at least {@link FileSystem#minimumBytes}; takes room only as it is used
     * @param sectorSizeBytes 512 or 4096
     * @throws IOException if the machine lacks what it needs; nothing is left behind then
     */
    public static ShutdownDisk create(FileSystem fileSystem, long sizeBytes, int sectorSizeBytes) throws IOException {
        Teardown teardown = new Teardown();
        return create(fileSystem, sizeBytes, sectorSizeBytes, teardown, () -> WorkFolder.create(teardown));
    }

    /**
     * The same on a tmpfs of its own, which can be filled, see {@link #folder}: then the disk, which is sparse, fails page by
     * page.
     *
     * @param hostBytes size of the tmpfs
     */
    public static ShutdownDisk createOnTmpfs(FileSystem fileSystem, long sizeBytes, int sectorSizeBytes, long hostBytes)
            throws IOException {
        Teardown teardown = new Teardown();
        ShutdownDisk disk = create(fileSystem, sizeBytes, sectorSizeBytes, teardown, () -> tmpfs(teardown, hostBytes));
        disk.loop.splitRequests();
        return disk;
    }

    private static Path tmpfs(Teardown teardown, long hostBytes) throws IOException {
        Path folder = WorkFolder.create(teardown);
        Mounts.mount("tmpfs", folder, "tmpfs", "size=" + hostBytes);
        teardown.add(() -> Mounts.unmount(folder, UNMOUNT_PATIENCE_MILLIS), () -> Mounts.unmountByForce(folder));
        return folder;
    }

    private interface FolderSource {
        Path get() throws IOException;
    }

    private static ShutdownDisk create(
            FileSystem fileSystem, long sizeBytes, int sectorSizeBytes, Teardown teardown, FolderSource folder)
            throws IOException {
        try {
            Path file = folder.get().resolve("disk");
            WorkFolder.createFile(file, teardown);
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(sizeBytes);
            }
            ShutdownDisk disk = new ShutdownDisk(fileSystem, sectorSizeBytes, file, teardown);
            fileSystem.make(disk.loop.device());
            return disk;
        } catch (IOException | RuntimeException | Error failure) {
            teardown.closeAfter(failure);
            throw failure;
        }
    }

    /** Where the file behind the disk lies. */
    public Path folder() {
        return Objects.requireNonNull(file.getParent());
    }

    /**
     * Mounts it.
     *
     * @param directory an existing directory
     * @throws SysException if the file system refuses; nothing is mounted then
     */
    public void mount(Path directory, String... options) throws SysException {
        mountPoint.mount(loop.device(), fileSystem, directory, options);
    }

    /**
     * Takes the file system down. Every call on its files fails with EIO until it is mounted anew.
     *
     * @throws SysException if the file system does not know how
     */
    public void shutdown(Manner manner) throws SysException {
        Path directory = mountPoint.directory();
        if (directory == null) throw new IllegalStateException("not mounted");
        try (CallState state = CallState.open()) {
            MemorySegment argument = state.allocate(4, 4);
            argument.set(JAVA_INT, 0, manner.argument);
            int fd = Fds.open(state, directory, Sys.O_RDONLY);
            try {
                Fds.ioctl(state, fd, GOING_DOWN, argument, "shutdown " + manner);
            } finally {
                Fds.close(state, fd);
            }
        }
    }

    /**
     * Unmounts and mounts at the same place, as after a reboot: nothing of the device is cached.
     *
     * @throws IOException if a process still works in it; kill the writers first
     */
    public void remount(String... options) throws IOException {
        Path directory = mountPoint.directory();
        if (directory == null) throw new IllegalStateException("not mounted");
        unmount();
        detach();
        loop = LoopDevice.attach(file, sectorSizeBytes, HostCache.USED);
        mount(directory, options);
    }

    /** Unmounts; does nothing if not mounted. */
    public void unmount() throws SysException {
        mountPoint.unmount();
    }

    private void unmountAtLast() throws SysException {
        try {
            mountPoint.unmount();
        } catch (SysException busy) {
            mountPoint.unmountByForce();
            throw busy;
        }
    }

    private void detach() throws IOException {
        loop.close();
        if (!mountPoint.isForced()) loop.awaitDetached();
    }

    /**
     * Unmounts, detaches and removes everything. Does nothing the second time.
     *
     * @throws IOException if a process still works in it; it is out of the tree then, and gone when that process is
     */
    @Override
    public void close() throws IOException {
        teardown.close();
    }
}
