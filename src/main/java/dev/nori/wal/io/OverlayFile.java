package dev.nori.wal.io;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A handle on a file of an {@link OverlayStorage}. Holds one on the file below. */
final class OverlayFile implements LogFile {
    private final String name;
    private final OverlayContent content;
    private final @Nullable LogFile below;

    OverlayFile(String name, OverlayContent content, @Nullable LogFile below) {
        this.name = name;
        this.content = content;
        this.below = below;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() throws IoFailure {
        return content.size(below);
    }

    @Override
    public int alignment() {
        return 1;
    }

    @Override
    public void write(long offsetBytes, MemorySegment... parts) throws IoFailure {
        long at = offsetBytes;
        for (MemorySegment part : parts) {
            content.write(below, at, part);
            at += part.byteSize();
        }
    }

    @Override
    public void writeDurably(long offsetBytes, MemorySegment... parts) throws IoFailure {
        write(offsetBytes, parts);
    }

    @Override
    public void sync() {}

    @Override
    public long read(long offsetBytes, MemorySegment into) throws IoFailure {
        return content.read(below, offsetBytes, into);
    }

    @Override
    public void allocate(long sizeBytes) {
        content.allocate(sizeBytes);
    }

    @Override
    public void truncate(long sizeBytes) {
        content.truncate(sizeBytes);
    }

    @Override
    public void close() {
        if (below != null) below.close();
    }
}
