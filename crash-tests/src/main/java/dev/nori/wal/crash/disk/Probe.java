package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.CallState;
import dev.nori.wal.crash.sys.Fds;
import dev.nori.wal.crash.sys.Sys;
import dev.nori.wal.crash.sys.SysException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Three files whose fate shows what a disk loses: one synced, one never synced, and one synced but overwritten past the
 * page cache without a sync. Plain reads and writes only.
 */
final class Probe {
    private static final int FILE_BYTES = 64 << 10;
    private static final int ALIGNMENT_BYTES = 4096;
    private static final byte OLD = 1;
    private static final byte NEW = 2;

    private final Path directory;
    private final Path synced;
    private final Path unsynced;
    private final Path overwritten;

    Probe(Path directory) {
        this.directory = directory;
        this.synced = directory.resolve("synced");
        this.unsynced = directory.resolve("unsynced");
        this.overwritten = directory.resolve("overwritten");
    }

    /** Writes what a crash must keep, and syncs it. */
    void writeSynced() throws IOException {
        writeAndSync(synced, NEW);
        writeAndSync(overwritten, OLD);
        Fds.syncDirectory(directory);
    }

    /** Writes what a crash must be able to lose. */
    void writeUnsynced() throws IOException {
        Files.write(unsynced, bytes(NEW));
        overwritePastPageCache(overwritten, NEW);
    }

    /** What was synced is there, to the byte. */
    boolean keptSynced() throws IOException {
        return holds(synced, NEW) && Files.exists(overwritten);
    }

    /** What was never synced is there, whole. */
    boolean keptUnsynced() throws IOException {
        return holds(unsynced, NEW);
    }

    /** The write past the page cache is there, whole. */
    boolean keptOverwrite() throws IOException {
        return holds(overwritten, NEW);
    }

    private static void writeAndSync(Path file, byte value) throws IOException {
        Files.write(file, bytes(value));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void overwritePastPageCache(Path file, byte value) throws IOException {
        try (CallState state = CallState.open()) {
            MemorySegment data = state.allocate(FILE_BYTES, ALIGNMENT_BYTES).fill(value);
            int fd = Fds.open(state, file, Sys.O_RDWR | Sys.O_DIRECT);
            try {
                long n = SysException.check(Sys.pwrite(state, fd, data, 0), "pwrite " + file);
                if (n != FILE_BYTES) throw new IOException(file + ": short write of " + n + " bytes");
            } finally {
                Fds.close(state, fd);
            }
        }
    }

    private static boolean holds(Path file, byte value) throws IOException {
        return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes(value));
    }

    private static byte[] bytes(byte value) {
        byte[] bytes = new byte[FILE_BYTES];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
