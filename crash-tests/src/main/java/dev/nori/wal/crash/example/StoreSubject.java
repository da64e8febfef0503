package dev.nori.wal.crash.example;

import dev.nori.wal.crash.disk.CrashSubject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The store as the harness sees it: a command that works and a command that judges, each a JVM with this one's class path. */
record StoreSubject(Manner manner, long seed) implements CrashSubject {
    @Override
    public ProcessBuilder workload(Path directory) {
        // Once the power is gone it complains, as it must; that is nobody's news.
        return java(StoreWorkload.class, directory, seed, manner).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    @Override
    public ProcessBuilder verification(Path directory, long acknowledged) {
        return java(StoreCheck.class, directory, seed, acknowledged);
    }

    private static ProcessBuilder java(Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx128m"));
        command.addAll(List.of("-Djava.util.logging.config.file=/dev/null", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) command.add(argument.toString());
        return new ProcessBuilder(command);
    }
}
