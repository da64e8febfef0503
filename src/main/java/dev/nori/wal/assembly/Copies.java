package dev.nori.wal.assembly;

import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Durable copies of files. The names are made durable by who syncs the directory. */
final class Copies {
    private static final long PIECE_BYTES = 1 << 20;

    private Copies() {}

    /** Copies all of a file. */
    static void copy(Storage from, Storage to, String name) throws IoFailure {
        try (LogFile source = from.open(name, Storage.Access.READ);
                LogFile target = to.create(name)) {
            MemorySegment buffer = AlignedMemory.blocks(PIECE_BYTES);
            long at = 0;
            for (long got = source.read(at, buffer); got > 0; got = source.read(at, buffer)) {
                target.write(at, buffer.asSlice(0, got));
                at += got;
            }
            target.sync();
        }
    }

    /** Writes a text. */
    static void write(Storage to, String name, String text) throws IoFailure {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment memory = AlignedMemory.blocks(bytes.length);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        try (LogFile file = to.create(name)) {
            file.write(0, memory);
            file.sync();
        }
    }
}
