package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedLinesTest {
    private static final int LINES = 3_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"always,auto", "always,nio", "batch:5ms,auto", "batch:5ms,nio", "os,auto", "os,buffered", "os,nio"})
    void comeBackExactly(String policy, String io) {
        String lines = Cli.numbers(LINES);
        assertEquals(
                ExitCode.FINE, append(lines, "--policy", policy, "--io", io).exitCode());
        assertEquals(lines, cat().out());
    }

    @Test
    void mayBeAnyBytes() {
        long seed = new Random().nextLong();
        byte[] bytes = new byte[200_000];
        new Random(seed).nextBytes(bytes);
        bytes[bytes.length - 1] = '\n';
        String lines = new String(bytes, StandardCharsets.ISO_8859_1);
        append(lines);
        assertEquals(lines, cat().out(), "seed " + seed);
    }

    @Test
    void mayBeEmptyOrWithoutALastNewline() {
        append("\n\nlast");
        assertEquals("\n\nlast\n", cat().out());
    }

    @Test
    void followThoseOfEarlierImports() {
        append("one\ntwo\n");
        append("three\n");
        assertEquals("one\ntwo\nthree\n", cat().out());
        assertEquals("three\n", cat("--from", "2").out());
    }

    @Test
    void mayBeNone() {
        Cli.Outcome outcome = append("");
        assertEquals(ExitCode.FINE, outcome.exitCode());
        assertTrue(outcome.out().contains("0 lines"), outcome.out());
        assertEquals("", cat().out());
    }

    @Test
    void crossSegments() {
        String lines = ("x".repeat(10_000) + "\n").repeat(300);
        Cli.Outcome outcome = append(lines, "--segment-bytes", "1MiB", "--json");
        assertTrue(outcome.out().matches("(?s).*\"segments\":[3-9].*"), outcome.out());
        assertEquals(lines, cat().out());
    }

    @Test
    void areSummedUpForPeople() {
        Cli.Outcome outcome = append(Cli.numbers(LINES), "--policy", "os", "--io", "nio");
        assertEquals("", outcome.err());
        assertTrue(outcome.out().matches("""
                                appended  3,000 lines in [0-9.]+ s
                                rate      [0-9,]+ lines/s
                                size      [0-9.]+ KiB
                                segments  1
                                policy    os
                                io        nio
                                """), outcome.out());
    }

    @Test
    void areSummedUpForScripts() {
        Cli.Outcome outcome = append(Cli.numbers(LINES), "--json", "--io", "nio");
        assertEquals("", outcome.err());
        assertTrue(
                outcome.out()
                        .matches("\\{\"lines\":3000,\"seconds\":[0-9.]+,\"linesPerSecond\":[0-9.]+,\"logBytes\":\\d+,"
                                + "\"segments\":1,\"policy\":\"batch:5ms\",\"io\":\"nio\"}\n"),
                outcome.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "batch:5ms", "os"})
    void areNumberedAsTheyAreAcknowledged(String policy) {
        append("not in this run\n");
        Cli.Outcome outcome = append(Cli.numbers(LINES), "--acks", "--policy", policy);
        assertEquals(Cli.numbers(LINES), outcome.out());
        assertTrue(outcome.err().startsWith("appended  3,000 lines"), outcome.err());
    }

    @Test
    void createTheDirectoryWithItsParents() {
        Path deep = directory.resolve("a/b/c");
        assertEquals(
                ExitCode.FINE,
                Cli.run(Cli.bytes("x\n"), "append", deep.toString()).exitCode());
        assertTrue(Files.isDirectory(deep));
    }

    private Cli.Outcome append(String lines, String... options) {
        return Cli.run(lines.getBytes(StandardCharsets.ISO_8859_1), command("append", options));
    }

    private Cli.Outcome cat(String... options) {
        Cli.Outcome outcome = Cli.run(command("cat", options));
        assertEquals(ExitCode.FINE, outcome.exitCode(), outcome.err());
        return outcome;
    }

    private String[] command(String name, String... options) {
        String[] command = new String[options.length + 2];
        command[0] = name;
        command[1] = directory.resolve("log").toString();
        System.arraycopy(options, 0, command, 2, options.length);
        return command;
    }
}
