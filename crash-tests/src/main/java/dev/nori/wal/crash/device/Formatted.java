package dev.nori.wal.crash.device;

import dev.nori.wal.crash.disk.CrashDisk;
import dev.nori.wal.crash.disk.DiskImage;
import dev.nori.wal.crash.disk.FileSystem;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Disks as mkfs leaves them, each made once. Safe for any thread. */
public final class Formatted {
    private static final long DISK_BYTES = 320L << 20;

    private final Map<Medium, DiskImage> images = new HashMap<>();

    /** What carries a log. */
    public record Medium(FileSystem fileSystem, int sectorBytes) {
        @Override
        public String toString() {
            return sectorBytes == 512 ? fileSystem.type() : fileSystem.type() + " " + sectorBytes;
        }
    }

    /** An empty file system. */
    public synchronized DiskImage image(Medium medium) throws IOException {
        DiskImage known = images.get(medium);
        if (known != null) return known;
        try (CrashDisk disk = CrashDisk.start(DiskImage.blank(DISK_BYTES, medium.sectorBytes))) {
            disk.format(medium.fileSystem);
            images.put(medium, disk.contents());
            return disk.contents();
        }
    }
}
