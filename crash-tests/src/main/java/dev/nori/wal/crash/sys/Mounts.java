package dev.nori.wal.crash.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** mount(2), umount2(2) and the table of what is mounted in this mount namespace. */
public final class Mounts {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    private static final long BUSY_PAUSE_NANOS = 2_000_000;

    /** One line of the table: what is mounted where. */
    public record Mount(Path directory, String type, String source) {}

    private Mounts() {}

    /**
     * Mounts a source on an existing target.
     *
     * @param source a device, or a name that only people read
     * @param data the file system's own options, separated by commas; may be empty
     * @throws SysException if the kernel refuses; nothing is mounted then
     */
    public static void mount(String source, Path target, String type, String data) throws SysException {
        try (CallState state = CallState.open()) {
            int result = Sys.mount(
                    state, state.text(source), state.text(target.toString()), state.text(type), 0, state.text(data));
            String options = data.isEmpty() ? "" : " -o " + data;
            SysException.check(result, "mount -t " + type + " " + source + " " + target + options);
        }
    }

    /**
     * Unmounts, waiting while the target is busy.
     *
     * @param patienceMillis how long EBUSY is tried again; 0 tries once
     * @throws SysException if it is still mounted
     */
    public static void unmount(Path target, long patienceMillis) throws SysException {
        long deadline = System.nanoTime() + patienceMillis * 1_000_000;
        int result = unmountNow(target, 0);
        while (result == -Errno.EBUSY && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BUSY_PAUSE_NANOS);
            result = unmountNow(target, 0);
        }
        SysException.check(result, "umount " + target);
    }

    /** Takes the target out of the tree at once, whoever uses it, and aborts its requests if it is a FUSE file. */
    public static void unmountByForce(Path target) throws SysException {
        SysException.check(unmountNow(target, Sys.MNT_FORCE | Sys.MNT_DETACH), "umount -f -l " + target);
    }

    /** What is mounted now, in the order of mounting. */
    public static List<Mount> list() throws IOException {
        return Files.readAllLines(TABLE).stream().map(Mounts::parse).toList();
    }

    // 36 35 98:0 /root /mount/point rw,noatime shared:1 - ext4 /dev/root rw
    static Mount parse(String line) {
        String[] parts = line.split(" - ", 2);
        String[] left = parts[0].split(" ", -1);
        String[] right = parts[1].split(" ", -1);
        return new Mount(Path.of(unescape(left[4])), right[0], unescape(right[1]));
    }

    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    private static int unmountNow(Path target, int flags) {
        try (CallState state = CallState.open()) {
            return Sys.umount2(state, state.text(target.toString()), flags);
        }
    }
}
