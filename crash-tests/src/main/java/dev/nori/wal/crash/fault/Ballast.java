package dev.nori.wal.crash.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that takes the space of a file system, until it is thrown off. */
final class Ballast {
    private static final int PIECE_BYTES = 1 << 20;

    private final Path file;

    private Ballast(Path file) {
        this.file = file;
    }

    /** Writes so much that about {@code leftBytes} stay free, or until there is nothing left: others may write too. */
    static Ballast load(Path directory, long leftBytes) throws IOException {
        Path file = directory.resolve("ballast");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            fill(channel, Files.getFileStore(directory).getUsableSpace() - leftBytes);
        }
        return new Ballast(file);
    }

    private static void fill(FileChannel channel, long bytes) {
        try {
            for (long done = 0; done < bytes; ) {
                done += channel.write(ByteBuffer.allocate((int) Math.min(PIECE_BYTES, bytes - done)));
            }
            channel.force(true);
        } catch (IOException full) {
            // So much the better.
        }
    }

    void throwOff() throws IOException {
        Files.delete(file);
    }
}
