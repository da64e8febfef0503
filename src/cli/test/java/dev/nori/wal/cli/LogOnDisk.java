package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A log that is written to be broken. */
record LogOnDisk(Path directory) {
    static final long HEADER_BYTES = 4096;
    static final int SEGMENT_BYTES = 1 << 20;

    /** Lines that are seven bytes long, in one segment: nothing in it depends on time but times. */
    void append(int lines) {
        String text = "onetwo3\n".repeat(lines);
        Cli.Outcome outcome =
                Cli.run(Cli.bytes(text), "append", directory.toString(), "--policy", "os", "--segment-bytes", "1MiB");
        assertEquals(ExitCode.FINE, outcome.exitCode(), outcome.err());
    }

    /** Five segments of 1 MiB or so, of which the last one is not full. */
    void appendSeveralSegments() {
        WalConfig config =
                WalConfig.defaults().withFsyncPolicy(FsyncPolicy.os()).withMaxSegmentBytes(WalConfig.MIN_SEGMENT_BYTES);
        try (Wal wal = Wal.open(directory, config)) {
            for (int i = 0; i < 4500; i++) wal.append(WalRecord.put(Cli.bytes("key" + i), new byte[1000]));
        }
    }

    Path segment(long id) {
        return directory.resolve("%010d.wal".formatted(id));
    }

    static void change(Path file, long offset, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset] = (byte) value;
        Files.write(file, bytes);
    }

    /** What every file holds, and when it was changed. */
    Map<String, List<Byte>> contents() throws IOException {
        Map<String, List<Byte>> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                List<Byte> list = new ArrayList<>(bytes.length);
                for (byte b : bytes) list.add(b);
                contents.put(file.getFileName() + " " + Files.getLastModifiedTime(file), list);
            }
        }
        return contents;
    }
}
