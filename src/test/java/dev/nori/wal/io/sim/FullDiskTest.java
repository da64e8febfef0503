package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    private final SimDisk disk = new SimDisk(SimOptions.defaults().withCapacityBytes(16384));
    private final SimStorage storage = disk.storage();

    @Test
    void countsBlocksThatWereWrittenPromisedOrMapped() throws IoFailure {
        SimFile file = storage.create("f");
        assertEquals(16384, storage.freeBytes());
        file.write(5000, Sectors.of("a"));
        assertEquals(12288, storage.freeBytes());
        file.allocate(8192);
        assertEquals(8192, storage.freeBytes());
        storage.map("stage", 4096);
        assertEquals(4096, storage.freeBytes());
    }

    @Test
    void refusesAnAllocationWholeAndLeavesTheSize() throws IoFailure {
        SimFile file = storage.create("f");

        assertEquals(
                Kind.FULL,
                assertThrows(IoFailure.class, () -> file.allocate(20480)).kind());
        assertEquals(0, file.size());
        assertEquals(
                Kind.FULL,
                assertThrows(IoFailure.class, () -> storage.map("stage", 20480)).kind());
    }

    @Test
    void takesTheBlocksOfAWriteThatFitAndRefusesTheRest() throws IoFailure {
        SimFile file = storage.create("f");

        IoFailure full = assertThrows(IoFailure.class, () -> file.write(0, Sectors.of("a".repeat(40))));
        assertEquals(Kind.FULL, full.kind());
        assertEquals(16384, file.size());
    }

    @Test
    void takesWritesIntoWhatIsOwnedAlready() throws IoFailure {
        SimFile file = storage.create("f");
        file.allocate(16384);
        file.write(0, Sectors.of("a".repeat(32)));

        assertEquals("a".repeat(32), Sectors.read(file));
    }

    @Test
    void getsTheSpaceOfADeletedFileBackOnceItIsClosed() throws IoFailure {
        SimFile file = storage.create("f");
        file.allocate(16384);
        storage.delete("f");
        storage.syncDirectory();
        assertEquals(0, storage.freeBytes());

        file.close();
        storage.syncDirectory();
        assertEquals(16384, storage.freeBytes());
    }

    @Test
    void refusesWhatIsNotAlignedWhenItPlaysDirect() throws IoFailure {
        SimStorage direct = new SimDisk(SimOptions.defaults().withMode(IoMode.DIRECT)).storage();
        SimFile file = direct.create("f");
        file.write(4096, Sectors.of("abcdefgh"));

        assertEquals(IoMode.DIRECT, direct.mode());
        assertEquals(4096, file.alignment());
        assertThrows(IllegalArgumentException.class, () -> file.write(512, Sectors.of("abcdefgh")));
        assertThrows(IllegalArgumentException.class, () -> file.write(0, Sectors.of("a")));
        assertThrows(
                IllegalArgumentException.class,
                () -> file.write(0, Sectors.of("abcdefghi").asSlice(512)));
    }
}
