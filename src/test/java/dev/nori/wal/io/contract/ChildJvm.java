package dev.nori.wal.io.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.io.LogFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM; it talks in lines and dies by {@code kill -9}. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines = process.inputReader();
    }

    /** Starts a JVM that runs {@link Child} with these arguments and may make native calls. */
    static ChildJvm start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    /** The same, started by another command in its turn. */
    static ChildJvm start(List<String> wrapper, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(java("--enable-native-access=ALL-UNNAMED", "-cp", classPath(), Child.class.getName()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** The command that starts the JVM of this test with these flags. */
    public static List<String> java(String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(flags));
        return command;
    }

    /** Library and tests. Not java.class.path: as a module under test the library is not on it. */
    public static String classPath() {
        return home(LogFile.class) + File.pathSeparator + home(Child.class);
    }

    /** Starts a command whose errors come out among its lines. */
    public static ChildJvm start(List<String> command) throws IOException {
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Where a class was loaded from. */
    public static Path home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** The next line that the child prints. */
    String line() throws IOException {
        String line = lines.readLine();
        return line == null ? "the child has ended" : line;
    }

    /** Waits until the child ends by itself, and answers all that it printed. */
    public List<String> allLines() throws Exception {
        List<String> all = lines.lines().toList();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the child ends");
        assertEquals(0, process.exitValue(), all::toString);
        return all;
    }

    /** {@code kill -9}, and waits until the kernel has cleaned up. */
    @Override
    public void close() throws IOException {
        process.toHandle().destroyForcibly();
        process.onExit().join();
        lines.close();
    }
}
