package dev.nori.wal.bench.bare;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Writes what is in the ring, in whole chunks, until it is stopped; answers how many bytes it wrote. */
final class Drainer implements Callable<Long> {
    private static final long CHUNK_BYTES = 512 << 10;

    private final SketchRing ring;
    private final BareFile file;
    private final long fileBytes;
    private volatile boolean stopped;

    Drainer(SketchRing ring, BareFile file, long fileBytes) {
        this.ring = ring;
        this.file = file;
        this.fileBytes = fileBytes;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public Long call() throws IOException {
        while (true) {
            boolean last = stopped;
            if (ring.committed() - ring.written() >= CHUNK_BYTES) writeChunk();
            else if (last) return ring.written();
            else Thread.onSpinWait();
        }
    }

    private void writeChunk() throws IOException {
        long from = ring.written();
        file.write(ring.slice(from, CHUNK_BYTES), from % fileBytes);
        ring.wroteTo(from + CHUNK_BYTES);
    }
}
