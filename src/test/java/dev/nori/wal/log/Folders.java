package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a log from outside: what a backup, a vandal or a detective would do. */
public final class Folders {
    private Folders() {}

    /** What is in each file, by name; without the lock, whose text is nobody's data. */
    public static Map<String, byte[]> contents(Path directory) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("LOCK")) contents.put(name, Files.readAllBytes(file));
            }
        }
        return contents;
    }

    /** Nothing was changed, created or deleted. */
    public static void assertUntouched(Map<String, byte[]> before, Path directory) throws IOException {
        Map<String, byte[]> after = contents(directory);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    /** Copies the files as every other process sees them; if the log is at rest, that is what a killed process leaves. */
    public static Path copy(Path directory, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    public static Path write(Map<String, byte[]> contents, Path to) throws IOException {
        Files.createDirectories(to);
        for (Map.Entry<String, byte[]> file : contents.entrySet())
            Files.write(to.resolve(file.getKey()), file.getValue());
        return to;
    }

    /** The segment with that id. */
    public static Path segment(Path directory, long id) {
        return directory.resolve("%010d.wal".formatted(id));
    }

    /** How many segment files there are, prepared ones included. */
    public static int segments(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return (int) files.filter(file -> file.toString().endsWith(".wal")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Overwrites some bytes. */
    public static void overwrite(Path file, long offset, byte... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    /** Flips one bit. */
    public static void flip(Path file, long offset) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            channel.write(one, offset);
        }
    }
}
