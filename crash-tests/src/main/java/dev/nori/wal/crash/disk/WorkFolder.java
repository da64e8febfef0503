package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The temporary folder of one disk. Its name says whose it is, so that leftovers can be told from the living. */
final class WorkFolder {
    private static final String PREFIX = "nori-crash-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+");

    private WorkFolder() {}

    /** Creates one, to be deleted with the rest. */
    static Path create(Teardown teardown) throws IOException {
        Path folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-")
                .toRealPath();
        teardown.add(() -> Files.deleteIfExists(folder));
        return folder;
    }

    /** Creates an empty file, to be deleted with the rest. */
    static void createFile(Path file, Teardown teardown) throws IOException {
        Files.createFile(file);
        teardown.add(() -> Files.deleteIfExists(file));
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /** Every such folder in the temporary directory, whoever made it. */
    static List<Path> all() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> owner(entry.resolve("disk")).isPresent())
                    .toList();
        }
    }

    /** The process that made the folder in which this file lies; nothing if it is none of ours. */
    static OptionalLong owner(Path file) {
        Path folder = file.getParent();
        if (folder == null || folder.getFileName() == null) return OptionalLong.empty();
        Matcher matcher = NAME.matcher(folder.getFileName().toString());
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
