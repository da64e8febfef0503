package dev.nori.wal.io.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.linux.LinuxStorage;
import dev.nori.wal.io.nio.NioStorage;
import java.nio.file.Path;
import java.util.Optional;

/** The engines on real file systems, by a name that can be handed to a child process. */
public enum Engine {
    LINUX_DIRECT,
    LINUX_BUFFERED,
    NIO;

    /** Opens the directory with this engine. */
    public Storage open(Path directory) throws IoFailure {
        return switch (this) {
            case LINUX_DIRECT -> LinuxStorage.direct(directory);
            case LINUX_BUFFERED -> LinuxStorage.buffered(directory);
            case NIO -> new NioStorage(directory);
        };
    }

    /** Skips the test, with the reason, if this engine cannot work in the directory. */
    public void assumeWorksIn(Path directory) {
        Optional<String> why = whyNot(directory);
        assumeTrue(why.isEmpty(), () -> this + ": " + why.orElseThrow());
    }

    /** Why this engine cannot work in the directory; empty if it can. */
    public Optional<String> whyNot(Path directory) {
        return switch (this) {
            case LINUX_DIRECT -> LinuxStorage.whyNotDirect(directory);
            case LINUX_BUFFERED -> LinuxStorage.whyNot();
            case NIO -> Optional.empty();
        };
    }
}
