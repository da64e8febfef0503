package dev.nori.wal.bench.study;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/**
 * What the figures were measured on.
 *
 * @param device the block device below the file system, with its write cache
 * @param loadAverage runnable threads in the minute before the first round: above 0.5, the machine was shared
 */
public record Machine(
        String date,
        String cpu,
        int cores,
        String memory,
        String kernel,
        String fileSystem,
        String device,
        String jdk,
        double loadAverage) {
    private static final double SHARED = 0.5;

    /** This machine, with the file system of a directory that is there. */
    public static Machine of(Path directory) throws IOException {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                field("/proc/meminfo", "MemTotal"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                fileSystem(directory),
                BlockDevice.of(directory).map(BlockDevice::description).orElse("not known"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                loadAverageNow());
    }

    /** Whether something else was running. */
    public boolean isShared() {
        return loadAverage > SHARED;
    }

    /** All of it, in one paragraph. */
    public String text() {
        String shared = isShared() ? "the machine was shared (load average %.1f at the start)" : "the machine was idle";
        return "%s. %d cores (%s), %s memory, %s, %s on %s, %s; %s."
                .formatted(date, cores, cpu, memory, kernel, fileSystem, device, jdk, shared.formatted(loadAverage));
    }

    private static String fileSystem(Path directory) throws IOException {
        FileStore store = Files.getFileStore(directory);
        return store.type();
    }

    private static double loadAverageNow() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Double.parseDouble(Files.readString(file).split(" ", 2)[0]) : Double.NaN;
    }

    private static String field(String file, String name) throws IOException {
        if (!Files.exists(Path.of(file))) return "not known";
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("not known");
        }
    }
}
