package dev.nori.wal.log;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A directory for one test, and what its log is to run on. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields in
abstract class LogTest {
    @Parameter
    Setting setting;

    @TempDir
    Path home;

    Path directory;

    @BeforeEach
    final void chooseDirectory() {
        setting.engine().assumeWorksIn(home);
        directory = home.resolve("log");
    }

    final WalConfig config() {
        return setting.config();
    }

    final Wal open() {
        return setting.open(directory);
    }

    final Wal open(WalConfig config) {
        return Wal.open(directory, config);
    }
}
