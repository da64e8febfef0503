package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A journalling or copy-on-write file system of Linux that a disk can carry. */
public enum FileSystem {
    /** Needs a disk of 32 MiB; its super block, 1,024 bytes, must not tear. */
    EXT4("ext4", 32L << 20, "", "barrier=0", "-q -F -b 4096 -E nodiscard,lazy_itable_init=0,lazy_journal_init=0"),
    /** Needs a disk of 300 MiB. Its barriers cannot be turned off any more. */
    XFS("xfs", 300L << 20, "nouuid", "", "-q -f -K"),
    /** Needs a disk of 114 MiB; its super block, 4,096 bytes, must not tear. */
    BTRFS("btrfs", 114L << 20, "", "nobarrier", "-q -f -K");

    private final String type;
    private final long minimumBytes;
    private final String mountOptions;
    private final String withoutBarriers;
    private final String makeOptions;

    FileSystem(String type, long minimumBytes, String mountOptions, String withoutBarriers, String makeOptions) {
        this.type = type;
        this.minimumBytes = minimumBytes;
        this.mountOptions = mountOptions;
        this.withoutBarriers = withoutBarriers;
        this.makeOptions = makeOptions;
    }

    /** The name that mount(2) knows it by. */
    public String type() {
        return type;
    }

    /** The smallest disk that its mkfs accepts as we call it, in bytes. */
    public long minimumBytes() {
        return minimumBytes;
    }

    /** What a disk of that sector size may tear without making this file system unusable. */
    public Tearing tearing(int sectorSizeBytes) {
        boolean large = sectorSizeBytes == 4096;
        return switch (this) {
            case EXT4 -> large ? Tearing.at(4096) : new Tearing(512, 1024, 2048);
            case XFS -> Tearing.at(sectorSizeBytes);
            case BTRFS -> Tearing.at(4096);
        };
    }

    /** The mount option that stops it from flushing the disk; empty where there is none any more. */
    public String withoutBarriers() {
        return withoutBarriers;
    }

    /** Whether an overwrite goes to the same sectors, so that it counts without a commit of metadata. */
    boolean overwritesInPlace() {
        return this != BTRFS;
    }

    /** Adds what this file system needs: its mkfs and the kernel's side. */
    public Needs addNeeds(Needs needs) {
        return needs.program("mkfs." + type).fileSystem(type);
    }

    /** Its own mount options and the given ones, separated by commas. */
    String mountData(String... options) {
        return String.join(
                ",",
                Stream.concat(Stream.of(mountOptions), Stream.of(options))
                        .filter(option -> !option.isEmpty())
                        .toList());
    }

    /**
     * Runs mkfs on a device.
     *
     * @throws IOException if mkfs is missing or fails; the message has what it printed
     */
    void make(Path device) throws IOException {
        Path program = Needs.find("mkfs." + type).orElseThrow(() -> new IOException("mkfs." + type + " not found"));
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(makeOptions.split(" ", -1)));
        command.add(device.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int status = process.waitFor();
            if (status != 0) throw new IOException(String.join(" ", command) + " gave " + status + ": " + printed);
        } catch (InterruptedException wanted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + program, wanted);
        }
    }
}
