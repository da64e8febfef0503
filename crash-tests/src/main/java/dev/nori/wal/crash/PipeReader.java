package dev.nori.wal.crash;

import java.io.IOException;
import java.io.InputStream;

/** Understands what a child writes to its standard output. Called once, on a thread of its own. */
public interface PipeReader {
    /**
     * Reads until the pipe ends, also when the child is dead by then: what it wrote before is still in there.
     *
     * @throws IOException if the pipe breaks, or if what comes out of it makes no sense
     */
    void readFrom(InputStream pipe) throws IOException;
}
