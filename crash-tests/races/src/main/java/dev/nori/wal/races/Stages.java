package dev.nori.wal.races;

import dev.nori.wal.handoff.Stage;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.MappedMemory;
import java.lang.foreign.MemorySegment;

/** Stages in plain memory, of one block: each race needs a new one. */
final class Stages {
    static final int RING_BYTES = 4096;

    private Stages() {}

    /** A stage of a log that is empty. */
    static Stage fresh() {
        MemorySegment memory = MemorySegment.ofArray(new long[(StageLayout.HEADER_BYTES + RING_BYTES) / Long.BYTES]);
        return new Stage(new PlainMemory(memory), 1, 1, 0, MemorySegment.NULL);
    }

    private record PlainMemory(MemorySegment memory) implements MappedMemory {
        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}
