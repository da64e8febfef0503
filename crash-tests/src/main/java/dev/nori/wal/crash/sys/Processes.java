package dev.nori.wal.crash.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who holds what, for the messages of failures. */
final class Processes {
    private Processes() {}

    /** The processes that have a file open, as far as this user may see; those that end meanwhile are left out. */
    static List<Long> thatHaveOpen(Path file) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> hasOpen(pid, file))
                .toList();
    }

    private static boolean hasOpen(long pid, Path file) {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors.toList()) open.add(Files.readSymbolicLink(descriptor));
        } catch (IOException endedOrNotOurs) {
            return open.contains(file);
        }
        return open.contains(file);
    }
}
