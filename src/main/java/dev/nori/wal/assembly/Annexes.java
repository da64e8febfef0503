package dev.nori.wal.assembly;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes folders within the directory of a log, for what salvage puts aside. */
public interface Annexes {
    /**
     * Opens a folder, and creates it, durably, if it is missing. The caller closes it.
     *
     * @param name of one folder, or of one within another, with a {@code /} between
     */
    Storage open(String name) throws IoFailure;

    /** Whether there is a folder of that name. */
    boolean exists(String name) throws IoFailure;

    /** Those of a real directory. */
    static Annexes in(Path directory) {
        return new Annexes() {
            @Override
            public Storage open(String name) throws IoFailure {
                return PortChoice.open(path(name), IoMode.NIO).storage();
            }

            @Override
            public boolean exists(String name) {
                return Files.exists(path(name));
            }

            private Path path(String name) {
                return directory.resolve(name.replace('/', File.separatorChar));
            }
        };
    }
}
