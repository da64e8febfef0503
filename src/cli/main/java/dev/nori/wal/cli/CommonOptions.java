package dev.nori.wal.cli;

import java.nio.file.Path;
import java.util.logging.Level;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command takes. */
final class CommonOptions {
    @Parameters(index = "0", paramLabel = "DIR", description = "the log's directory")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path directory;

    @Option(names = "--json", description = "speak JSON instead of text")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "show what the library logs")
    private boolean verbose;

    Path directory() {
        return directory;
    }

    boolean json() {
        return json;
    }

    /** The least that is worth showing. */
    Level least() {
        return verbose ? Level.INFO : Level.WARNING;
    }
}
