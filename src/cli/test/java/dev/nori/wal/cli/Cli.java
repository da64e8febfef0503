package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command line, in this process or in one of its own. */
final class Cli {
    private Cli() {}

    /**
     * What came of a command.
     *
     * @param out a character for each byte
     */
    record Outcome(int exitCode, String out, String err) {
        /** What a person reads. */
        String outText() {
            return new String(out.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        /** The one sentence on the error stream, without the program's name before it. */
        String sentence() {
            assertTrue(err.matches("nori-wal: [^\n]+\\.\n"), "not one sentence: " + err);
            return err.strip().substring("nori-wal: ".length());
        }
    }

    static Outcome run(String... arguments) {
        return run(new byte[0], arguments);
    }

    /** Runs a command in this process with that for input. */
    static Outcome run(byte[] in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(in, out, out, arguments);
    }

    /** Runs a command in this process on an output stream that may fail; {@code kept} is what it let through. */
    static Outcome run(byte[] in, OutputStream out, ByteArrayOutputStream kept, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(in),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                true,
                task -> {});
        int exitCode = Main.run(console, arguments);
        return new Outcome(exitCode, kept.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.UTF_8));
    }

    /** The command that runs the command line in a process of its own. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@code 1\n2\n3\n} and so on. */
    static String numbers(int last) {
        StringBuilder numbers = new StringBuilder();
        for (int n = 1; n <= last; n++) numbers.append(n).append('\n');
        return numbers.toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
