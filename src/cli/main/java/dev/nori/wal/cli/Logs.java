package dev.nori.wal.cli;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Opens logs; what stands in the way becomes a {@link Problem}. */
final class Logs {
    private static final String SEGMENT_SUFFIX = ".wal";

    private Logs() {}

    /** Opens the log, or begins one. */
    static Wal open(Path directory, WalConfig config) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw Problem.cannotOpen(directory + " is not a directory");
        }
        try {
            return Wal.open(directory, config);
        } catch (WalException e) {
            throw Problem.cannotOpen(e);
        }
    }

    /** Opens a log that must be there; never begins one. */
    static Wal openExisting(Path directory, WalConfig config) {
        mustBeThere(directory);
        if (Files.isDirectory(directory) && !holdsSegments(directory)) {
            throw Problem.cannotOpen("there is no log: " + directory + " holds no segment file");
        }
        return open(directory, config);
    }

    /** Says in one sentence that there is no such directory. */
    static void mustBeThere(Path directory) {
        if (!Files.exists(directory)) {
            throw Problem.cannotOpen("there is no log: " + directory + " does not exist");
        }
        if (!Files.isDirectory(directory)) throw Problem.cannotOpen(directory + " is not a directory");
    }

    // Opening begins a log where there is none, so the question comes first.
    private static boolean holdsSegments(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(SEGMENT_SUFFIX));
        } catch (IOException e) {
            throw Problem.cannotOpen("cannot look into " + directory + ": " + Problem.text(e));
        }
    }
}
