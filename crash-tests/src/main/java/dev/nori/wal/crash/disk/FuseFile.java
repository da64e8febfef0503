package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.CallState;
import dev.nori.wal.crash.sys.Fds;
import dev.nori.wal.crash.sys.Mounts;
import dev.nori.wal.crash.sys.Sys;
import dev.nori.wal.crash.sys.SysException;
import java.io.IOException;
import java.nio.file.Path;

/** A regular file whose bytes are a {@link BlockDevice} of this JVM, for as long as it is mounted. */
final class FuseFile {
    private static final Path FUSE = Path.of("/dev/fuse");
    private static final long UNMOUNT_PATIENCE_MILLIS = 1000;
    private static final long END_LIMIT_MILLIS = 5000;

    private final Path file;
    private final FuseServer server;

    private FuseFile(Path file, FuseServer server) {
        this.file = file;
        this.server = server;
    }

    /**
     * Mounts the device over an existing, empty, regular file and starts to serve it.
     *
     * @throws SysException if this process may not mount; nothing is mounted then
     */
    static FuseFile mount(Path file, BlockDevice device) throws SysException {
        try (CallState state = CallState.open()) {
            int fd = Fds.open(state, FUSE, Sys.O_RDWR);
            String data = "fd=" + fd + ",rootmode=100000,user_id=0,group_id=0,allow_other";
            try {
                Mounts.mount("nori-crash-disk", file, "fuse", data);
            } catch (SysException refused) {
                Fds.close(state, fd);
                throw refused;
            }
            return new FuseFile(file, new FuseServer(fd, device, "crash-disk " + file));
        }
    }

    /** Unmounts and waits until the server has ended. Does it by force if it must, and then says so. */
    void close() throws IOException {
        try {
            Mounts.unmount(file, UNMOUNT_PATIENCE_MILLIS);
        } catch (SysException busy) {
            Mounts.unmountByForce(file);
            throw busy;
        } finally {
            awaitEnd();
        }
        if (server.failure() != null) throw new AssertionError("the disk's server died", server.failure());
    }

    /** Unmounts at once; every request under way fails. */
    void abort() throws SysException {
        Mounts.unmountByForce(file);
    }

    private void awaitEnd() {
        try {
            server.awaitEnd(END_LIMIT_MILLIS);
        } catch (InterruptedException wanted) {
            Thread.currentThread().interrupt();
        }
    }
}
