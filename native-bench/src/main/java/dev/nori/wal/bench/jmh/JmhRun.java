package dev.nori.wal.bench.jmh;

import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Machine;
import dev.nori.wal.bench.study.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JMH with our defaults, and beside its figures a note of the machine: {@code JmhRun <file for the figures> <JMH's options>}. */
public final class JmhRun {
    private JmhRun() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Path figures = Path.of(arguments[0]);
        try (Workplace place = Workplace.create()) {
            new Report(Machine.of(place.directory()), List.of()).save(machineFile(figures));
        }
        List<String> options = new ArrayList<>(List.of("-foe", "true", "-rf", "json", "-rff", figures.toString()));
        options.addAll(List.of(arguments).subList(1, arguments.length));
        org.openjdk.jmh.Main.main(options.toArray(String[]::new));
    }

    /** Where the note is. */
    public static Path machineFile(Path figures) {
        return figures.resolveSibling("jmh-machine.json");
    }
}
