package dev.nori.wal.assembly;

import dev.nori.wal.WalException;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;

/** What an earlier process left in its stage, copied. */
final class StageBytes {
    private StageBytes() {}

    /** All of the file, which may be of any size up to a bound; nothing if there is none. */
    static MemorySegment read(Storage storage) throws IoFailure {
        if (!storage.list().contains(StageFile.NAME)) return MemorySegment.NULL;
        try (LogFile file = storage.open(StageFile.NAME, Storage.Access.READ)) {
            long size = file.size();
            if (size > StageLayout.MOST_BYTES) throw tooLarge(storage, size);
            MemorySegment bytes = AlignedMemory.blocks(size);
            file.read(0, bytes);
            return bytes;
        }
    }

    /** It is read whole, so its size must not be whatever somebody made it. No release has written such a stage. */
    private static WalException.Unsupported tooLarge(Storage storage, long bytes) {
        return new WalException.Unsupported("%s/%s: the stage has %d bytes, this version knows stages of up to %d"
                .formatted(storage.directory(), StageFile.NAME, bytes, StageLayout.MOST_BYTES));
    }
}
