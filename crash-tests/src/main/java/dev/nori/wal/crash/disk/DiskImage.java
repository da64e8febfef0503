package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a disk at one moment. Never changes; images share the pages in which they agree.
 *
 * <p>A page is 4,096 bytes; one that is absent reads as zeros. Deriving an image costs one reference per page and
 * a copy of the pages that differ.
 */
public final class DiskImage {
    static final int PAGE_BYTES = 4096;

    private final int sectorSizeBytes;
    private final byte[] @Nullable [] pages;

    /** Takes the table; the caller must not change it, nor the pages in it, ever after. */
    DiskImage(int sectorSizeBytes, byte[] @Nullable [] pages) {
        this.sectorSizeBytes = sectorSizeBytes;
        this.pages = pages;
    }

    /**
     * A disk of zeros.
     *
     * @param sizeBytes a positive multiple of 4,096, at most 1 TiB
     * @param sectorSizeBytes the logical sector size, 512 or 4096
     */
    public static DiskImage blank(long sizeBytes, int sectorSizeBytes) {
        if (sizeBytes <= 0 || sizeBytes % PAGE_BYTES != 0 || sizeBytes > 1L << 40) {
            throw new IllegalArgumentException("size must be a multiple of 4096, at most 1 TiB: " + sizeBytes);
        }
        if (sectorSizeBytes != 512 && sectorSizeBytes != 4096) {
            throw new IllegalArgumentException("sector size must be 512 or 4096: " + sectorSizeBytes);
        }
        return new DiskImage(sectorSizeBytes, new byte[(int) (sizeBytes / PAGE_BYTES)][]);
    }

    /** The size in bytes. */
    public long sizeBytes() {
        return (long) pages.length * PAGE_BYTES;
    }

    /** The logical sector size that a disk with these contents has. */
    public int sectorSizeBytes() {
        return sectorSizeBytes;
    }

    /** A copy of {@code length} bytes from {@code offsetBytes}; both ends must lie on the disk. */
    public byte[] read(long offsetBytes, int length) {
        byte[] bytes = new byte[length];
        new PageTable(this).read(offsetBytes, bytes);
        return bytes;
    }

    /** Writes the image to a file, sparse where the disk is; an existing file is replaced. */
    public void writeTo(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (int page = 0; page < pages.length; page++) {
                boolean last = page == pages.length - 1;
                if (pages[page] != null || last) writePage(channel, page);
            }
        }
    }

    private void writePage(FileChannel channel, int page) throws IOException {
        byte[] present = pages[page];
        ByteBuffer bytes = ByteBuffer.wrap(present == null ? new byte[PAGE_BYTES] : present);
        long offsetBytes = (long) page * PAGE_BYTES;
        while (bytes.hasRemaining()) channel.write(bytes, offsetBytes + bytes.position());
    }

    /** The page table, for reading only. */
    byte[] @Nullable [] pages() {
        return pages;
    }
}
