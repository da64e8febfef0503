package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.LoopDevice;
import dev.nori.wal.crash.sys.Mounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** What tests ask about the machine they run on. */
public final class Machine {
    private Machine() {}

    /** Skips the test, with the reason printed, if something is missing. */
    public static void requires(Optional<String> missing, String what) {
        missing.ifPresent(reason -> System.out.println("SKIPPED " + what + ": " + reason));
        Assumptions.assumeTrue(missing.isEmpty(), () -> what + ": " + missing.orElse(""));
    }

    public static void requiresCrashDisk(FileSystem fileSystem) {
        requires(CrashDisk.missing(fileSystem), "crash disk/" + fileSystem.type());
    }

    public static void requiresShutdownDisk(FileSystem fileSystem) {
        requires(ShutdownDisk.missing(fileSystem), "shutdown disk/" + fileSystem.type());
    }

    /** The mounts and loop devices that this process has in the system. */
    static List<String> traces() throws IOException {
        String ours = "nori-crash-" + ProcessHandle.current().pid() + "-";
        List<String> traces = new ArrayList<>();
        for (var device : LoopDevice.attached()) {
            LoopDevice.backingFile(device)
                    .map(Object::toString)
                    .filter(file -> file.contains(ours))
                    .ifPresent(traces::add);
        }
        for (Mounts.Mount mount : Mounts.list()) {
            if (mount.directory().toString().contains(ours)) traces.add(mount.toString());
        }
        return traces;
    }
}
