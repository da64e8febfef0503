package dev.nori.wal.bugs;

import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A second JVM with a log of its own. Says in lines what it did, and dies by {@code kill -9}. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private Child(Process process) {
        this.process = process;
        this.lines = process.inputReader();
    }

    /**
     * Starts a child.
     *
     * @param task {@code append} appends without end and says each number once it is acknowledged; {@code exit} appends
     *     ten records and ends without closing; {@code hold} opens, says so, and waits
     */
    static Child start(String task, Setting setting, Path directory) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                home(Wal.class) + File.pathSeparator + home(Child.class),
                Child.class.getName(),
                task,
                setting.engine().name(),
                setting.policy().name(),
                directory.toString());
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static Path home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    long pid() {
        return process.pid();
    }

    /** The next line, or {@code ended}. */
    String line() throws IOException {
        String line = lines.readLine();
        return line == null ? "ended" : line;
    }

    /** Kills it and answers the last whole line it had said by then. */
    String killAndReadOn(String last) throws IOException {
        process.toHandle().destroyForcibly(); // that of the process itself closes its output, too
        process.onExit().join();
        String found = last;
        char[] rest = new char[1 << 20];
        StringBuilder text = new StringBuilder();
        for (int n = lines.read(rest); n > 0; n = lines.read(rest)) text.append(rest, 0, n);
        String whole = text.substring(0, text.lastIndexOf("\n") + 1);
        for (String line : whole.lines().toList()) found = line;
        return found;
    }

    int exitCode() {
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() throws IOException {
        process.toHandle().destroyForcibly();
        process.onExit().join();
        lines.close();
    }

    public static void main(String[] arguments) throws Exception {
        Setting setting = new Setting(Engine.valueOf(arguments[1]), Policy.valueOf(arguments[2]));
        try {
            run(arguments[0], setting.open(Path.of(arguments[3])));
        } catch (WalException.Locked e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    private static void run(String task, Wal wal) throws Exception {
        switch (task) {
            case "append" -> {
                for (int i = 0; ; i++) {
                    wal.append(Records.numbered(i));
                    say(String.valueOf(i));
                }
            }
            case "exit" -> {
                Records.append(wal, 0, 10);
                Runtime.getRuntime().halt(7);
            }
            case "hold" -> {
                wal.append(Records.numbered(0));
                say("open");
                while (true) Thread.sleep(1000);
            }
            default -> throw new IllegalArgumentException(task);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
