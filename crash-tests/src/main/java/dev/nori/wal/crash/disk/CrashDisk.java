package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.LoopDevice;
import dev.nori.wal.crash.sys.LoopDevice.HostCache;
import dev.nori.wal.crash.sys.Needs;
import dev.nori.wal.crash.sys.SysException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real block device with a volatile write cache, whose power can be cut.
 *
 * <p>It is a loop device over a one-file FUSE file system that this JVM serves, so every sector write and every
 * FLUSH of the file system on it passes through here and into the {@link #log()}. Contents and log live in memory.
 *
 * <pre>{@code
 * try (CrashDisk disk = CrashDisk.start(DiskImage.blank(128 << 20, 512))) {
 *     disk.format(FileSystem.EXT4);
 *     disk.mount(FileSystem.EXT4, directory);
 *     // a child process works in the directory; disk.mark(n) for each acknowledgement it reports
 *     disk.cut();
 *     // end the child
 *     disk.unmount();
 *     ImageChooser images = new ImageChooser(disk.log(), seed, FileSystem.EXT4);
 *     // for each state: start a second disk on images.choose(cutPoint, n).image(), mount it, recover, judge
 * }
 * }</pre>
 *
 * <p><b>This JVM must not map files on the disk</b>, see the package. Safe for use by any thread, but for
 * {@link #format}, {@link #mount}, {@link #unmount} and {@link #close}, which belong to one thread at a time.
 */
public final class CrashDisk implements AutoCloseable {
    private final VolatileDevice contents;
    private final Teardown teardown;
    private final LoopDevice loop;
    private final MountPoint mountPoint;

    private CrashDisk(VolatileDevice contents, Teardown teardown, LoopDevice loop, MountPoint mountPoint) {
        this.contents = contents;
        this.teardown = teardown;
        this.loop = loop;
        this.mountPoint = mountPoint;
        teardown.add(this::unmount, this::unmountByForce);
    }

    /** Why this machine cannot run a crash disk with that file system; nothing if it can. */
    public static Optional<String> missing(FileSystem fileSystem) {
        Needs needs = new Needs().linux().root().device("/dev/fuse").device("/dev/loop-control");
        return fileSystem.addNeeds(needs).missing();
    }

    /**
     * Starts a disk with these contents, all of them on stable storage.
     *
     * @throws IOException if the machine lacks what it needs, see {@link #missing}; nothing is left behind then
     */
    public static CrashDisk start(DiskImage image) throws IOException {
        Teardown teardown = new Teardown();
        try {
            VolatileDevice contents = new VolatileDevice(image);
            Path file = WorkFolder.create(teardown).resolve("disk");
            WorkFolder.createFile(file, teardown);
            FuseFile served = FuseFile.mount(file, contents);
            teardown.add(served::close, served::abort);
            LoopDevice loop = LoopDevice.attach(file, image.sectorSizeBytes(), HostCache.BYPASSED);
            MountPoint mountPoint = new MountPoint();
            teardown.add(() -> detach(loop, mountPoint), loop::close);
            return new CrashDisk(contents, teardown, loop, mountPoint);
        } catch (IOException | RuntimeException | Error failure) {
            teardown.closeAfter(failure);
            throw failure;
        }
    }

    private static void detach(LoopDevice loop, MountPoint mountPoint) throws IOException {
        loop.close();
        if (!mountPoint.isForced()) loop.awaitDetached();
    }

    /** The block device. */
    public Path device() {
        return loop.device();
    }

    /**
     * Makes a file system and forgets how: the log is empty afterwards.
     *
     * @throws IOException if mkfs is missing or fails
     */
    public void format(FileSystem fileSystem) throws IOException {
        fileSystem.make(device());
        contents.forget();
    }

    /**
     * Mounts the file system on this disk, which replays its journal if it must.
     *
     * @param directory an existing directory
     * @param options the file system's own, such as {@code barrier=0}
     * @throws SysException if the file system refuses; nothing is mounted then
     * @throws IllegalStateException if this disk is mounted
     */
    public void mount(FileSystem fileSystem, Path directory, String... options) throws SysException {
        mountPoint.mount(device(), fileSystem, directory, options);
    }

    /**
     * Unmounts; what the file system still held is written, unless the disk is cut. Does nothing if not mounted.
     *
     * @throws SysException if a process still works in it after three seconds; it is then out of the tree, and the disk
     *     is cut, so that nothing can wait for it
     */
    public void unmount() throws SysException {
        try {
            mountPoint.unmount();
        } catch (SysException busy) {
            unmountByForce();
            throw busy;
        }
    }

    private void unmountByForce() throws SysException {
        if (mountPoint.directory() == null) return;
        contents.cut();
        mountPoint.unmountByForce();
    }

    /**
     * Cuts the power: from now on every request fails with EIO, and nothing changes any more.
     *
     * @return the cut point: the number of events before the cut
     */
    public int cut() {
        return contents.cut();
    }

    /** The number of events so far, which is the cut point of now. */
    public int position() {
        return contents.position();
    }

    /**
     * Puts a label into the log, such as the number of records that the program under test has acknowledged. To be
     * called once that is known: every cut point behind the mark then owes it.
     *
     * @return false if the power is already cut: the label came too late to be owed by anyone
     */
    public boolean mark(long label) {
        return contents.mark(label);
    }

    /** Adds a fault; several may wait at the same time. */
    public void inject(Fault fault) {
        contents.inject(fault);
    }

    /** Makes it slow from now on; replaces what made it slow before. */
    public void slow(Stall how) {
        contents.slow(how);
    }

    /** Takes all faults away, and all slowness; what they did stays. */
    public void clearFaults() {
        contents.clearFaults();
    }

    /** What reached the disk since it was started. */
    public DeviceCounts counts() {
        return contents.counts();
    }

    /** The contents as of now, writes in the cache included: what one finds if the power stays on. */
    public DiskImage contents() {
        return contents.contents();
    }

    /** What happened since the start, the format, or the last {@link #forget}. */
    public DiskLog log() {
        return contents.log();
    }

    /**
     * Empties the log: the contents as of now count as durable.
     *
     * @throws IllegalStateException if the disk is cut
     */
    public void forget() {
        contents.forget();
    }

    /**
     * Unmounts, detaches and removes everything that the disk put into the system. Does nothing the second time.
     *
     * @throws IOException if something was still in use; it was then taken away by force
     */
    @Override
    public void close() throws IOException {
        teardown.close();
    }
}
