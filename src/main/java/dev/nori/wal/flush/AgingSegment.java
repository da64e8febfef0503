package dev.nori.wal.flush;

import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.segment.Footers;
import java.util.function.Supplier;

/** A segment that was filled: first its bytes become durable, then its footer, which says so. */
public final class AgingSegment {
    private final LogFile file;
    private final SegmentHeader header;
    private final Supplier<SegmentFooter> footer;
    private final long end;
    private boolean durable; // guarded by this
    private boolean sealed; // guarded by this

    /** A segment whose frames are all written; the last one ends at that position. */
    public AgingSegment(LogFile file, SegmentHeader header, Supplier<SegmentFooter> footer, long end) {
        this.file = file;
        this.header = header;
        this.footer = footer;
        this.end = end;
    }

    /** Makes the frames durable, if they are not; whoever needs it first does it. */
    public synchronized void sync() throws IoFailure {
        if (durable) return;
        file.sync();
        durable = true;
    }

    /** Where its last frame ends. */
    long end() {
        return end;
    }

    long id() {
        return header.segmentId();
    }

    void seal() throws IoFailure {
        sync();
        Footers.write(file, header, footer.get());
        synchronized (this) {
            sealed = true;
        }
    }

    /** Whether the footer is durable too; the file may be closed then. */
    public synchronized boolean isSealed() {
        return sealed;
    }

    /** Closes the file. */
    public void close() {
        file.close();
    }
}
