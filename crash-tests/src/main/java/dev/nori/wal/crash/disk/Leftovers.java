package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.LoopDevice;
import dev.nori.wal.crash.sys.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What disks of processes that are gone have left in the system: a JVM that is killed outright runs no shutdown hook.
 *
 * <p>Only what lies in a folder that a crash or shutdown disk made is touched, and only if the process in the folder's
 * name does not live any more.
 */
public final class Leftovers {
    private final List<String> removed = new ArrayList<>();

    private Leftovers() {}

    /**
     * Unmounts, detaches and deletes the leftovers.
     *
     * @return what was removed, one line each
     * @throws IOException if something could not be removed
     */
    public static List<String> remove() throws IOException {
        Leftovers leftovers = new Leftovers();
        Map<Path, Path> loops = orphanedLoops();
        for (Mounts.Mount mount : Mounts.list().reversed()) {
            boolean onOurLoop = loops.containsKey(Path.of(mount.source()));
            boolean isOurFile = mount.type().equals("fuse") && isOrphaned(mount.directory());
            boolean isOurHost =
                    mount.type().equals("tmpfs") && isOrphaned(mount.directory().resolve("disk"));
            if (onOurLoop || isOurFile || isOurHost) leftovers.unmount(mount);
        }
        for (Map.Entry<Path, Path> loop : loops.entrySet()) leftovers.detach(loop.getKey(), loop.getValue());
        leftovers.deleteFolders();
        return List.copyOf(leftovers.removed);
    }

    private static Map<Path, Path> orphanedLoops() throws IOException {
        Map<Path, Path> loops = new HashMap<>();
        for (Path device : LoopDevice.attached()) {
            LoopDevice.backingFile(device).filter(Leftovers::isOrphaned).ifPresent(file -> loops.put(device, file));
        }
        return loops;
    }

    private static boolean isOrphaned(Path file) {
        OptionalLong owner = WorkFolder.owner(file);
        return owner.isPresent() && ProcessHandle.of(owner.getAsLong()).isEmpty();
    }

    private void unmount(Mounts.Mount mount) throws IOException {
        Mounts.unmountByForce(mount.directory());
        removed.add("mount " + mount.directory());
    }

    private void detach(Path device, Path file) throws IOException {
        LoopDevice.detachIfBackedBy(device, file);
        removed.add("loop device " + device);
    }

    private void deleteFolders() throws IOException {
        for (Path folder : WorkFolder.all()) {
            Path file = folder.resolve("disk");
            if (!isOrphaned(file)) continue;
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
            removed.add("folder " + folder);
        }
    }
}
