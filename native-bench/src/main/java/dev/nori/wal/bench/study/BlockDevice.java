package dev.nori.wal.bench.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The block device below a file system, as Linux describes it.
 *
 * @param folder its folder in {@code /sys/dev/block}
 */
public record BlockDevice(Path folder) {
    private static final int FLUSHES_FIELD = 15;

    /** The device of a directory's file system, if it has one. */
    public static Optional<BlockDevice> of(Path directory) throws IOException {
        if (!Files.isDirectory(Path.of("/sys/dev/block"))) return Optional.empty();
        long number = (long) Files.getAttribute(directory, "unix:dev");
        long major = (number >>> 8) & 0xfff;
        long minor = (number & 0xff) | ((number >>> 12) & 0xfff00);
        Path folder = Path.of("/sys/dev/block/%d:%d".formatted(major, minor));
        return Files.isDirectory(folder) ? Optional.of(new BlockDevice(folder.toRealPath())) : Optional.empty();
    }

    /** Flushes that the device completed since it is there, or -1 if it does not count them. */
    public long flushes() throws IOException {
        String[] fields = Files.readString(folder.resolve("stat")).strip().split("\\s+", -1);
        return fields.length > FLUSHES_FIELD ? Long.parseLong(fields[FLUSHES_FIELD]) : -1;
    }

    /** Such as {@code vda (write back)}. */
    public String description() {
        return "%s (%s)".formatted(folder.getFileName(), writeCache());
    }

    private String writeCache() {
        try {
            return Files.readString(folder.resolve("queue/write_cache")).strip();
        } catch (IOException e) {
            return "write cache not known"; // a partition has no queue of its own
        }
    }
}
