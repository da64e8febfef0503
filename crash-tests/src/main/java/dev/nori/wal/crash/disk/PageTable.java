package dev.nori.wal.crash.disk;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A disk's contents that can be written: copy-on-write over an image.
 *
 * <p>Starting one copies one reference per page; the first write to a page copies that page. Belongs to one
 * thread, or to the holder of one lock.
 */
final class PageTable {
    private static final int PAGE_BYTES = DiskImage.PAGE_BYTES;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    private final int sectorSizeBytes;
    private final byte[] @Nullable [] pages;
    private final BitSet owned = new BitSet();

    PageTable(DiskImage start) {
        this.sectorSizeBytes = start.sectorSizeBytes();
        this.pages = start.pages().clone();
    }

    long sizeBytes() {
        return (long) pages.length * PAGE_BYTES;
    }

    /** Fills the target from the offset; the whole range must lie on the disk. */
    void read(long offsetBytes, byte[] target) {
        read(offsetBytes, MemorySegment.ofArray(target));
    }

    /** Fills the target from the offset; the whole range must lie on the disk. */
    void read(long offsetBytes, MemorySegment target) {
        checkRange(offsetBytes, target.byteSize());
        long done = 0;
        while (done < target.byteSize()) {
            int page = (int) ((offsetBytes + done) / PAGE_BYTES);
            int from = (int) ((offsetBytes + done) % PAGE_BYTES);
            long length = Math.min(PAGE_BYTES - from, target.byteSize() - done);
            byte[] present = pages[page];
            byte[] source = present == null ? ZEROS : present;
            MemorySegment.copy(MemorySegment.ofArray(source), from, target, done, length);
            done += length;
        }
    }

    /** Writes {@code length} bytes of the data, from index {@code from}, to the offset. */
    void write(long offsetBytes, byte[] data, int from, int length) {
        checkRange(offsetBytes, length);
        int done = 0;
        while (done < length) {
            int page = (int) ((offsetBytes + done) / PAGE_BYTES);
            int at = (int) ((offsetBytes + done) % PAGE_BYTES);
            int part = Math.min(PAGE_BYTES - at, length - done);
            writePage(page, at, data, from + done, part);
            done += part;
        }
    }

    private void writePage(int page, int at, byte[] data, int from, int length) {
        if (length == PAGE_BYTES && Arrays.equals(data, from, from + length, ZEROS, 0, length)) {
            pages[page] = null;
            owned.clear(page);
            return;
        }
        System.arraycopy(data, from, own(page), at, length);
    }

    private byte[] own(int page) {
        byte[] present = pages[page];
        if (present != null && owned.get(page)) return present;
        byte[] copy = present == null ? new byte[PAGE_BYTES] : present.clone();
        pages[page] = copy;
        owned.set(page);
        return copy;
    }

    /** The contents as of now; later writes here do not show in it. */
    DiskImage freeze() {
        owned.clear();
        return new DiskImage(sectorSizeBytes, pages.clone());
    }

    private void checkRange(long offsetBytes, long length) {
        if (offsetBytes < 0 || length < 0 || offsetBytes > sizeBytes() - length) {
            throw new IllegalArgumentException(
                    "off the disk: offset=" + offsetBytes + " length=" + length + " size=" + sizeBytes());
        }
    }
}
