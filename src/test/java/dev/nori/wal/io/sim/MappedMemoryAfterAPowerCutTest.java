package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage.Access;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MappedMemoryAfterAPowerCutTest {
    private final SimDisk disk = new SimDisk();
    private final SimStorage storage = disk.storage();
    private final MappedMemory mapping;
    private final MemorySegment memory;

    MappedMemoryAfterAPowerCutTest() throws IoFailure {
        mapping = storage.map("stage", 8192);
        memory = mapping.memory();
        mapping.sync();
        storage.syncDirectory();
    }

    @Test
    void isForEachPageOnItsOwnWhatItWasAtSomeMoment() throws IoFailure {
        memory.asSlice(0, 4096).fill((byte) 'a');
        disk.note("one");
        memory.fill((byte) 'b');
        disk.note("two");

        assertEquals(Set.of("..", ".b", "a.", "ab", "b.", "bb"), pages());
    }

    @Test
    void keepsWhatWasThereWhenItsSyncBegan() throws IoFailure {
        memory.fill((byte) 'a');
        mapping.sync();
        memory.asSlice(0, 4096).fill((byte) 'b');
        disk.note("later");

        assertEquals(Set.of("aa", "ba"), pages());
    }

    @Test
    void isTheFileThatReadsAndWritesSee() throws IoFailure {
        memory.fill((byte) 'a');
        SimFile file = storage.open("stage", Access.WRITE);
        assertEquals("a".repeat(16), Sectors.read(file));

        file.write(512, Sectors.of("b"));
        assertEquals('b', memory.get(ValueLayout.JAVA_BYTE, 600));
    }

    @Test
    void endsWithTheMappingAndLeavesItsBytes() throws IoFailure {
        memory.fill((byte) 'a');
        mapping.close();
        mapping.close();

        assertThrows(IllegalStateException.class, () -> memory.fill((byte) 'b'));
        assertEquals("a".repeat(16), Sectors.read(storage, "stage"));
    }

    @Test
    void isZerosAgainUnderAnotherSize() throws IoFailure {
        memory.fill((byte) 'a');
        mapping.close();

        assertEquals(4096, storage.map("stage", 4096).memory().byteSize());
        assertEquals("........", Sectors.read(storage, "stage"));
    }

    @Test
    void isZerosInEveryFreshMappingThoughTheMemoryIsUsedAgain() throws IoFailure {
        SimOptions options = SimOptions.defaults().withMappings(SimOptions.Mappings.OF_ONE_THREAD);
        SimStorage fast = new SimDisk(options).storage();
        for (int i = 0; i < 3; i++) {
            try (MappedMemory fresh = fast.map("stage" + i, 4096)) {
                assertEquals(-1, fresh.memory().mismatch(Sectors.of("\0".repeat(8))));
                fresh.memory().fill((byte) 'a');
            }
        }
        assertEquals("aaaaaaaa", Sectors.read(fast, "stage2"));
    }

    private Set<String> pages() throws IoFailure {
        Set<String> pages = new TreeSet<>();
        for (String sectors : Sectors.afterPowerCut(disk, "stage")) {
            assertEquals(
                    sectors.substring(0, 1).repeat(8) + sectors.substring(8, 9).repeat(8), sectors);
            pages.add("" + sectors.charAt(0) + sectors.charAt(8));
        }
        return pages;
    }
}
