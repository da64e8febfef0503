package dev.nori.wal.bench.bare;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Makes files whose every block was written once and is on the device, so that a sync of them changes no metadata. */
public final class WrittenFile {
    private static final int PIECE_BYTES = 1 << 20;

    private WrittenFile() {}

    /** Writes and syncs {@code bytes} bytes, which must be whole MiB. What was written through the page cache is in it. */
    public static BareFile create(Path path, long bytes, BareFile.Cache cache) throws IOException {
        if (bytes <= 0 || bytes % PIECE_BYTES != 0) throw new IllegalArgumentException("not whole MiB: " + bytes);
        BareFile file = BareFile.open(path, cache);
        file.allocate(bytes);
        MemorySegment piece = BareFile.aligned(PIECE_BYTES).fill((byte) 0x5a);
        for (long at = 0; at < bytes; at += PIECE_BYTES) file.write(piece, at);
        file.sync();
        return file;
    }
}
