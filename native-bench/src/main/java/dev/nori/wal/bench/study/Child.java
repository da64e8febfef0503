package dev.nori.wal.bench.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for each study: nobody measures code that was compiled for somebody else's work. */
public final class Child {
    private static final List<String> FLAGS = List.of(
            "-Xmx2g",
            "-XX:+UseG1GC",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private Child() {}

    /** Runs a main class on this JVM's class path and waits for it; what it prints is ours. */
    public static void run(Class<?> main, List<String> moreFlags, List<String> arguments)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(main, moreFlags, arguments))
                .inheritIO()
                .start();
        int status = process.waitFor();
        if (status != 0) throw new IOException("%s %s ended with status %d".formatted(main, arguments, status));
    }

    private static List<String> command(Class<?> main, List<String> moreFlags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(moreFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
