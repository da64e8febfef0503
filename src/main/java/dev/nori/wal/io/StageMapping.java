package dev.nori.wal.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file mapped with {@link FileChannel#map}, the same for every real engine.
 *
 * <p>A store into a mapped hole needs a block at that moment, and on a full disk there is none: the
 * process gets {@code SIGBUS}. Therefore no byte of the file is a hole when it is mapped.
 */
public final class StageMapping implements MappedMemory {
    /** The unit in which holes appear and are mended. */
    private static final long PAGE_BYTES = 4096;

    private static final long CHUNK_BYTES = 64 * PAGE_BYTES;

    private final Path path;
    private final Arena arena;
    private final MemorySegment memory;

    private StageMapping(Path path, Arena arena, MemorySegment memory) {
        this.path = path;
        this.arena = arena;
        this.memory = memory;
    }

    /**
     * Maps the file at {@code path}.
     *
     * @param bytes a positive multiple of 4096; a file of another size is emptied and written anew
     * @param opening opens the same file, once
     */
    public static StageMapping open(Path path, long bytes, Opening<?> opening) throws IoFailure {
        if (bytes <= 0 || bytes % PAGE_BYTES != 0) {
            throw new IllegalArgumentException("bytes must be a positive multiple of 4096: " + bytes);
        }
        try (LogFile file = opening.open()) {
            if (file.size() == bytes) {
                fillHoles(file, bytes);
            } else {
                writeAnew(file, bytes);
            }
        }
        return map(path, bytes);
    }

    @SuppressWarnings("MustBeClosedChecker") // the mapping closes it
    private static StageMapping map(Path path, long bytes) throws IoFailure {
        Arena arena = Arena.ofShared();
        try {
            return new StageMapping(path, arena, map(path, bytes, arena));
        } catch (IOException e) {
            arena.close();
            throw JavaFailure.of("mmap " + path + " length=" + bytes, e);
        }
    }

    /** The last byte is written last: a file that has the full size has been written in full. */
    private static void writeAnew(LogFile file, long bytes) throws IoFailure {
        try {
            file.truncate(0);
            Zeros.write(file, 0, bytes);
            file.sync();
        } catch (IoFailure e) {
            giveBack(file, e);
            throw e;
        }
    }

    private static void giveBack(LogFile file, IoFailure why) {
        try {
            file.truncate(0);
        } catch (IoFailure e) {
            why.addSuppressed(e);
        }
    }

    /**
     * Copying tools turn pages of zeros into holes, and a log may have come here by such a tool. Zeros
     * are written over zeros; what holds data is not touched.
     */
    private static void fillHoles(LogFile file, long bytes) throws IoFailure {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment chunk = arena.allocate(Math.min(bytes, CHUNK_BYTES), PAGE_BYTES);
            for (long at = 0; at < bytes; at += CHUNK_BYTES) {
                fillHoles(file, at, chunk.asSlice(0, Math.min(bytes - at, CHUNK_BYTES)));
            }
        }
    }

    private static void fillHoles(LogFile file, long offsetBytes, MemorySegment chunk) throws IoFailure {
        file.read(offsetBytes, chunk);
        for (long at = 0; at < chunk.byteSize(); at += PAGE_BYTES) {
            MemorySegment page = chunk.asSlice(at, PAGE_BYTES);
            if (Zeros.fill(page)) file.write(offsetBytes + at, page);
        }
    }

    /**
     * An interrupt closes a {@link FileChannel} under the hands of the thread that uses it. Mapping can
     * simply be done again, so a failure counts only without one; the interrupt is kept for the caller.
     */
    private static MemorySegment map(Path path, long bytes, Arena arena) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
                } catch (IOException e) {
                    if (!Thread.interrupted()) throw e;
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public void sync() throws IoFailure {
        try {
            memory.force();
        } catch (UncheckedIOException e) {
            throw JavaFailure.of("msync " + path, e);
        }
    }

    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) arena.close();
    }
}
