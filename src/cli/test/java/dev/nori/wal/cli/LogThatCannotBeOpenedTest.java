package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogThatCannotBeOpenedTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"append", "cat"})
    void isLocked(String command) {
        try (Wal owner = Wal.open(directory, WalConfig.defaults())) {
            Cli.Outcome outcome = Cli.run(Cli.bytes("x\n"), command, directory.toString());
            assertEquals(ExitCode.CANNOT_OPEN, outcome.exitCode());
            String pid = Long.toString(ProcessHandle.current().pid());
            assertTrue(outcome.sentence().contains(pid), outcome.err());
            assertEquals(0, owner.stats().records());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "cat", "verify", "repair"})
    void isAFile(String command) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a log");
        Cli.Outcome outcome = Cli.run(Cli.bytes("x\n"), command, file.toString());
        assertEquals(ExitCode.CANNOT_OPEN, outcome.exitCode());
        assertTrue(outcome.sentence().contains(file.toString()), outcome.err());
        assertEquals("not a log", Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "verify", "repair"})
    void isMissingForWhoOnlyReads(String command) {
        Path missing = directory.resolve("missing");
        Cli.Outcome outcome = Cli.run(command, missing.toString());
        assertEquals(ExitCode.CANNOT_OPEN, outcome.exitCode());
        assertEquals("there is no log: " + missing + " does not exist.", outcome.sentence());
        assertTrue(Files.notExists(missing));
    }

    @Test
    void isAnEmptyDirectoryForCatAndStaysOne() throws IOException {
        assertEquals(ExitCode.CANNOT_OPEN, Cli.run("cat", directory.toString()).exitCode());
        assertEquals(0, filesIn(directory));
    }

    @Test
    void isADirectoryOfOtherThingsForCatAndStaysOne() throws IOException {
        Files.writeString(directory.resolve("letter.txt"), "dear reader");
        assertEquals(ExitCode.CANNOT_OPEN, Cli.run("cat", directory.toString()).exitCode());
        assertEquals(1, filesIn(directory));
    }

    // Not even root may create a directory there.
    @Test
    void isForbidden() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc here");
        Cli.Outcome outcome = Cli.run(Cli.bytes("x\n"), "append", "/proc/nori-wal/log");
        assertEquals(ExitCode.CANNOT_OPEN, outcome.exitCode());
        assertTrue(outcome.sentence().contains("/proc/nori-wal"), outcome.err());
    }

    private static long filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
