package dev.nori.wal.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new, empty directory, deleted with all that is in it when closed. */
public record Workplace(Path directory) implements AutoCloseable {
    /** Where benchmarks work: the folder named by the system property {@value}, else {@code target/bench}. */
    public static final String HOME_PROPERTY = "bench.home";

    /** A directory in the benchmarks' home. */
    public static Workplace create() throws IOException {
        return in(Path.of(System.getProperty(HOME_PROPERTY, "target/bench")));
    }

    /** A directory in a directory, which is made if it is not there. */
    public static Workplace in(Path home) throws IOException {
        return new Workplace(Files.createTempDirectory(Files.createDirectories(home), "bench-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
