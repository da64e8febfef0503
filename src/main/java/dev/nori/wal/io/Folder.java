package dev.nori.wal.io;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the real engines do alike with a directory; none of it is worth a system call of our own. */
public final class Folder {
    private Folder() {}

    /**
     * The file of that name in {@code directory}.
     *
     * @throws IllegalArgumentException if the name is not a plain file name
     */
    public static Path file(Path directory, String name) {
        boolean plain = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf(File.separatorChar) < 0
                && name.indexOf('\0') < 0;
        if (!plain) throw new IllegalArgumentException("not a plain file name: '" + name + "'");
        return directory.resolve(name);
    }

    /** The names of all plain files in {@code directory}, sorted. */
    public static List<String> plainFiles(Path directory) throws IoFailure {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) names.add(entry.getFileName().toString());
            }
        } catch (DirectoryIteratorException | IOException e) {
            throw JavaFailure.of("list " + directory, e);
        }
        Collections.sort(names);
        return names;
    }
}
