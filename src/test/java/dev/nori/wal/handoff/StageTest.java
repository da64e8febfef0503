package dev.nori.wal.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.WalException;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.MappedMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final long RING_BYTES = 64 << 10;

    private final Stage stage = new Stage(new Memory(), 1, 1, 0, MemorySegment.NULL);

    /** A mapped file without a file. */
    private record Memory(MemorySegment memory) implements MappedMemory {
        Memory() {
            this(AlignedMemory.blocks(StageLayout.HEADER_BYTES + RING_BYTES));
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }

    @Test
    void keepsItsDurablePositionOnceSomethingFailed() {
        stage.commit(128);
        stage.wroteTo(128);
        stage.durableTo(64);
        stage.fail(new IOException("of another worker, while a sync was under way"));
        stage.durableTo(128);
        assertEquals(64, stage.durable());
        assertThrows(WalException.Failed.class, () -> stage.failure().check());
    }
}
