package dev.nori.wal.peers;

import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.BlockDevice;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small ext4 of its own on a loop device, so that a flush that reaches the device is this process's and nobody else's.
 * Needs root.
 */
final class LoopDisk implements AutoCloseable {
    private static final long BYTES = 2L << 30;

    private final Workplace place;
    private final Path mounted;

    private LoopDisk(Workplace place, Path mounted) {
        this.place = place;
        this.mounted = mounted;
    }

    /** Makes and mounts it. */
    static LoopDisk mount() throws IOException, InterruptedException {
        Workplace place = Workplace.create();
        Path image = place.directory().resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        Path mounted = Files.createDirectory(place.directory().resolve("mounted"));
        command("mkfs.ext4", "-q", "-F", image.toString());
        command("mount", "-o", "loop", image.toString(), mounted.toString());
        return new LoopDisk(place, mounted);
    }

    Path directory() {
        return mounted;
    }

    /** Flushes that reached the device so far. */
    long flushes() throws IOException {
        return BlockDevice.of(mounted)
                .orElseThrow(() -> new IOException("no block device below " + mounted))
                .flushes();
    }

    private static void command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).inheritIO().start();
        if (process.waitFor() != 0) throw new IOException(String.join(" ", words));
    }

    @Override
    public void close() throws IOException {
        try {
            command("umount", mounted.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; still mounted: " + mounted, e);
        }
        place.close();
    }
}
