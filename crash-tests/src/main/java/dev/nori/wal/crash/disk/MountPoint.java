package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.Mounts;
import dev.nori.wal.crash.sys.SysException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a disk is mounted, if it is. Belongs to the disk's owner and to its teardown. */
final class MountPoint {
    private static final long UNMOUNT_PATIENCE_MILLIS = 3000;

    private @Nullable Path directory;
    private boolean isForced;

    /** Mounts a device; nothing is mounted when it throws. */
    synchronized void mount(Path device, FileSystem fileSystem, Path target, String... options) throws SysException {
        if (directory != null) throw new IllegalStateException("mounted at " + directory);
        Mounts.mount(device.toString(), target, fileSystem.type(), fileSystem.mountData(options));
        directory = target;
    }

    /** Unmounts, waiting a while for whoever is in it; it is still mounted when it throws. */
    synchronized void unmount() throws SysException {
        if (directory == null) return;
        Mounts.unmount(directory, UNMOUNT_PATIENCE_MILLIS);
        directory = null;
    }

    /** Takes it out of the tree, whoever is in it. */
    synchronized void unmountByForce() throws SysException {
        if (directory == null) return;
        Mounts.unmountByForce(directory);
        directory = null;
        isForced = true;
    }

    /** Whether it was ever taken away by force, so that somebody may still hold the device under it. */
    synchronized boolean isForced() {
        return isForced;
    }

    /** The directory, or null. */
    synchronized @Nullable Path directory() {
        return directory;
    }
}
