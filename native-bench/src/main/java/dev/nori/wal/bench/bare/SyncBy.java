package dev.nori.wal.bench.bare;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** How a written block gets durable. */
public enum SyncBy {
    /** {@code pwrite} through the page cache, then {@code fdatasync}. */
    FDATASYNC(BareFile.Cache.BUFFERED, "fdatasync") {
        @Override
        void write(BareFile file, MemorySegment data, long offset) throws IOException {
            file.write(data, offset);
            file.sync();
        }
    },
    /** One {@code pwritev2} with {@code RWF_DSYNC} on an {@code O_DIRECT} file. */
    RWF_DSYNC(BareFile.Cache.DIRECT, "O_DIRECT + RWF_DSYNC") {
        @Override
        void write(BareFile file, MemorySegment data, long offset) throws IOException {
            file.writeDurably(data, offset);
        }
    };

    private final BareFile.Cache cache;
    private final String label;

    SyncBy(BareFile.Cache cache, String label) {
        this.cache = cache;
        this.label = label;
    }

    BareFile.Cache cache() {
        return cache;
    }

    String label() {
        return label;
    }

    /** What is written for so many bytes: the bytes, or whole blocks of them. */
    long writtenBytes(long bytes) {
        if (cache == BareFile.Cache.BUFFERED) return bytes;
        return (bytes + BareFile.BLOCK_BYTES - 1) / BareFile.BLOCK_BYTES * BareFile.BLOCK_BYTES;
    }

    /** Writes and makes durable. */
    abstract void write(BareFile file, MemorySegment data, long offset) throws IOException;
}
