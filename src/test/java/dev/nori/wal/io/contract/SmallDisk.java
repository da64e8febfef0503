package dev.nori.wal.io.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A file system of a few megabytes, mounted for one test; takes root. */
public final class SmallDisk implements AutoCloseable {
    /** What the disk is. */
    public enum Type {
        /** Memory. */
        TMPFS,
        /** ext4 on a loop device. */
        EXT4,
        /** ext4 on a loop device, of the old kind that has no {@code fallocate}. */
        EXT4_WITHOUT_EXTENTS,
        /** ext4 on a loop device that has sectors of 4096 bytes. */
        EXT4_ON_LARGE_SECTORS,
        /** XFS on a loop device, of the size it takes at least. */
        XFS,
        /** Memory, of the old kind that has no direct I/O and no limit. */
        RAMFS
    }

    public static final long BYTES = 16L << 20;

    private static final long XFS_BYTES = 300L << 20;

    private final Path home;

    private SmallDisk(Path home) {
        this.home = home;
    }

    /** Mounts it on a folder in {@code home}, or skips the test with the reason. */
    public static SmallDisk mount(Type type, Path home) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting a small disk takes root");
        SmallDisk disk = new SmallDisk(home);
        Files.createDirectory(disk.directory());
        switch (type) {
            case TMPFS ->
                must(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + BYTES,
                        "tmpfs",
                        disk.directory().toString());
            case RAMFS -> must("mount", "-t", "ramfs", "ramfs", disk.directory().toString());
            case EXT4 -> disk.mountExt4("^has_journal", 512);
            case EXT4_WITHOUT_EXTENTS -> disk.mountExt4("^has_journal,^extents,^64bit", 512);
            case EXT4_ON_LARGE_SECTORS -> disk.mountExt4("^has_journal", 4096);
            case XFS -> disk.mountImage(XFS_BYTES, 512, "mkfs.xfs", "-q", "-f");
        }
        return disk;
    }

    /** The loop device goes when the file system does: it is detached while it is still mounted. */
    private void mountExt4(String features, int sectorBytes) throws IOException {
        mountImage(BYTES, sectorBytes, "mkfs.ext4", "-q", "-F", "-m", "0", "-b", "4096", "-O", features);
    }

    private void mountImage(long bytes, int sectorBytes, String... mkfs) throws IOException {
        String image = home.resolve("image").toString();
        must("truncate", "-s", String.valueOf(bytes), image);
        String[] command = Arrays.copyOf(mkfs, mkfs.length + 1);
        command[mkfs.length] = image;
        must(command);
        String device = must("losetup", "--find", "--show", "--sector-size", String.valueOf(sectorBytes), image);
        try {
            must("mount", device, directory().toString());
        } finally {
            must("losetup", "--detach", device);
        }
    }

    /** Where it is mounted. */
    public Path directory() {
        return home.resolve("disk");
    }

    @Override
    public void close() throws IOException {
        must("umount", directory().toString());
    }

    /** Answers what the command printed; skips the test if it failed. */
    private static String must(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "cannot run " + List.of(command) + ": " + e);
            return "";
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        assumeTrue(status == 0, String.join(" ", command) + " answered " + status + ": " + output);
        return output.trim();
    }
}
