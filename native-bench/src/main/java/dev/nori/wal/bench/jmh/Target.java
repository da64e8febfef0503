package dev.nori.wal.bench.jmh;

import dev.nori.wal.bench.load.Texts;
import dev.nori.wal.bench.load.Workplace;
import java.io.IOException;
import java.nio.file.Path;

/** A file for one benchmark to write, in a directory of its own, and the place of the next write in it. */
final class Target implements AutoCloseable {
    static final long FILE_BYTES = 256L << 20;

    private final Workplace place = Workplace.create();
    private final int bytes;
    private long next;

    Target(int bytes) throws IOException {
        this.bytes = bytes;
    }

    Path path() {
        return place.directory().resolve("file");
    }

    byte[] data() {
        return new Texts(1).record(bytes);
    }

    /** The offset after the last one; from the start again where the file ends. */
    long nextOffset() {
        long offset = next;
        next = offset + 2L * bytes > FILE_BYTES ? 0 : offset + bytes;
        return offset;
    }

    @Override
    public void close() throws IOException {
        place.close();
    }
}
