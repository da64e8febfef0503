package dev.nori.wal.damage;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A file of an {@link ImageStorage}: every write makes a copy, because images share what they hold. */
final class ImageFile implements LogFile {
    private static final long MOST_BYTES = 1 << 20; // files here have no holes

    private final ImageStorage storage;
    private final String name;
    private boolean closed;

    ImageFile(ImageStorage storage, String name) {
        this.storage = storage;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return storage.bytes(name).length;
    }

    @Override
    public int alignment() {
        return 1;
    }

    @Override
    public void write(long offsetBytes, MemorySegment... parts) throws IoFailure {
        if (offsetBytes > MOST_BYTES) throw new IoFailure(IoFailure.Kind.FULL, 0, "pwrite " + name, null);
        int at = Math.toIntExact(offsetBytes);
        int end = at
                + (int) Arrays.stream(parts).mapToLong(MemorySegment::byteSize).sum();
        byte[] bytes = Arrays.copyOf(storage.bytes(name), Math.max(end, (int) size()));
        for (MemorySegment part : parts) {
            MemorySegment.copy(part, ValueLayout.JAVA_BYTE, 0, bytes, at, (int) part.byteSize());
            at += (int) part.byteSize();
        }
        storage.put(name, bytes);
    }

    @Override
    public void writeDurably(long offsetBytes, MemorySegment... parts) throws IoFailure {
        write(offsetBytes, parts);
    }

    @Override
    public void sync() {}

    @Override
    public long read(long offsetBytes, MemorySegment into) {
        if (offsetBytes < 0) throw new IllegalArgumentException("offset " + offsetBytes);
        byte[] bytes = storage.bytes(name);
        int length = (int) Math.clamp(bytes.length - offsetBytes, 0, into.byteSize());
        if (length > 0) MemorySegment.copy(bytes, (int) offsetBytes, into, ValueLayout.JAVA_BYTE, 0, length);
        return length;
    }

    @Override
    public void allocate(long sizeBytes) {
        if (sizeBytes > size()) truncate(sizeBytes);
    }

    @Override
    public void truncate(long sizeBytes) {
        storage.put(name, Arrays.copyOf(storage.bytes(name), Math.toIntExact(sizeBytes)));
    }

    @Override
    public void close() {
        if (!closed) storage.released();
        closed = true;
    }
}
