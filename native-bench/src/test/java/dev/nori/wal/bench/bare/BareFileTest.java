package dev.nori.wal.bench.bare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class BareFileTest {
    @Test
    void readsWhatItWroteInEveryWay(@TempDir Path folder) throws IOException {
        MemorySegment first = BareFile.aligned(BareFile.BLOCK_BYTES).fill((byte) 1);
        MemorySegment second = BareFile.aligned(BareFile.BLOCK_BYTES).fill((byte) 2);
        try (BareFile file = BareFile.open(folder.resolve("file"), BareFile.Cache.BUFFERED)) {
            file.write(first, 0);
            file.writeDurably(second, BareFile.BLOCK_BYTES);
            file.sync();
            MemorySegment found = BareFile.aligned(2 * BareFile.BLOCK_BYTES);
            assertEquals(2 * BareFile.BLOCK_BYTES, file.read(found, 0));
            assertEquals(-1, found.asSlice(0, BareFile.BLOCK_BYTES).mismatch(first));
            assertEquals(-1, found.asSlice(BareFile.BLOCK_BYTES).mismatch(second));
        }
    }

    @Test
    void namesTheCallAndTheErrorWhenTheKernelRefuses(@TempDir Path folder) {
        IOException refused = assertThrows(
                IOException.class, () -> BareFile.openToRead(folder.resolve("missing"), BareFile.Cache.BUFFERED));
        assertEquals("open on " + folder.resolve("missing") + ": errno 2", refused.getMessage());
    }
}
