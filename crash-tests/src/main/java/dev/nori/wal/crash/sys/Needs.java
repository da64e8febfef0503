package dev.nori.wal.crash.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a test needs of the machine, and the sentence to print when the machine lacks it.
 *
 * <p>Each check adds what is missing; {@link #missing()} gives all of it in one line, fit for
 * {@code SKIPPED L3/xfs: mkfs.xfs not found}. Not safe for use by more than one thread.
 */
public final class Needs {
    private static final List<String> PROGRAM_FOLDERS =
            List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

    private final List<String> missing = new ArrayList<>();

    /** Linux, and native access for this class's module. */
    public Needs linux() {
        if (!System.getProperty("os.name").equals("Linux")) missing.add("not Linux");
        if (!Needs.class.getModule().isNativeAccessEnabled()) {
            missing.add("native access is off (--enable-native-access=ALL-UNNAMED)");
        }
        return this;
    }

    /** The right to mount: the effective user is root. */
    public Needs root() {
        long user = effectiveUser();
        if (user != 0) missing.add("not root (uid " + user + ")");
        return this;
    }

    /** A device file that this process can read and write. */
    public Needs device(String path) {
        Path device = Path.of(path);
        if (!Files.exists(device)) missing.add(path + " does not exist");
        else if (!Files.isReadable(device) || !Files.isWritable(device)) {
            missing.add(path + " not accessible (uid " + effectiveUser() + ")");
        }
        return this;
    }

    /** A program in one of the usual folders. */
    public Needs program(String name) {
        if (find(name).isEmpty()) missing.add(name + " not found");
        return this;
    }

    /** A file system that the running kernel knows, or can load. */
    public Needs fileSystem(String type) {
        if (!isKnown(type) && !isLoadable(type)) missing.add("kernel has no " + type);
        return this;
    }

    /** All that is missing, in one line; nothing if nothing is. */
    public Optional<String> missing() {
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
    }

    /** Where a program is; looks in the system folders too, which are not on everyone's path. */
    public static Optional<Path> find(String program) {
        return PROGRAM_FOLDERS.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isKnown(String type) {
        try {
            return Files.readAllLines(Path.of("/proc/filesystems")).stream()
                    .anyMatch(line -> line.strip().equals(type) || line.endsWith("\t" + type));
        } catch (IOException unreadable) {
            return false;
        }
    }

    // mount(2) loads the module by itself; here we only ask whether there is one.
    private static boolean isLoadable(String type) {
        Path modules = Path.of("/lib/modules", System.getProperty("os.version"), "kernel/fs", type);
        return Files.isDirectory(modules);
    }

    private static long effectiveUser() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .map(line -> Long.parseLong(line.split("\\s+", -1)[2]))
                    .findFirst()
                    .orElse(-1L);
        } catch (IOException noProc) {
            return -1;
        }
    }
}
