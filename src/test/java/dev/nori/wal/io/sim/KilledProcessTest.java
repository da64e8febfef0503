package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage.Access;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KilledProcessTest {
    private final SimDisk disk = new SimDisk();
    private final SimStorage storage = disk.storage();

    @Test
    void leavesEverythingItWrote() throws IoFailure {
        storage.create("f").write(0, Sectors.of("ab"));
        disk.kill();

        assertEquals("ab", Sectors.read(disk.storage(), "f"));
    }

    @Test
    void leavesWhatAPowerCutMayStillTake() throws IoFailure {
        storage.create("f").write(0, Sectors.of("a"));
        disk.kill();

        assertEquals(Set.of("none", "", ".", "a"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void leavesEveryStoreIntoMappedMemory() throws IoFailure {
        storage.map("stage", 8192).memory().set(ValueLayout.JAVA_BYTE, 5000, (byte) 7);
        disk.kill();

        MemorySegment memory = disk.storage().map("stage", 8192).memory();
        assertEquals(7, memory.get(ValueLayout.JAVA_BYTE, 5000));
        assertEquals(0, memory.address() % 4096);
    }

    @Test
    void leavesAtAnEarlierMomentTheStoresFromBeforeIt() throws IoFailure {
        MemorySegment memory = storage.map("stage", 4096).memory();
        memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        disk.note("one");
        memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 2);
        CrashPoint one = disk.journal().last();
        disk.note("two");
        CrashPoint two = disk.journal().last();

        assertEquals(1, first(one.kills(2, 1).disk(0)));
        assertEquals(2, first(two.kills(2, 1).disk(0)));
    }

    @Test
    void freesItsLocks() throws IoFailure {
        storage.lock("lock", "pid 41");
        IoFailure refused = assertThrows(IoFailure.class, () -> storage.lock("lock", "pid 42"));
        assertEquals(Kind.LOCKED, refused.kind());
        assertEquals("lock /sim/lock: held by pid 41", refused.getMessage());

        disk.kill();
        disk.storage().lock("lock", "pid 43");
    }

    @Test
    void canDoNothingMore() throws IoFailure {
        SimFile file = storage.create("f");
        MappedMemory mapping = storage.map("stage", 4096);
        disk.kill();

        assertThrows(IoFailure.class, () -> file.write(0, Sectors.of("a")));
        assertThrows(IoFailure.class, () -> storage.delete("f"));
        assertThrows(IllegalStateException.class, () -> mapping.memory().fill((byte) 1));
        assertEquals("", Sectors.read(disk.storage(), "f"));
    }

    @Test
    void stopsAWriteBetweenTwoPages() throws IoFailure {
        SimFile file = storage.create("f");
        file.beginWrite(0, Sectors.of("a".repeat(20)));

        Set<Integer> lengths = new TreeSet<>();
        for (SimDisk state : disk.journal().last().kills(100, 1)) {
            lengths.add(Sectors.read(state.storage(), "f").length());
        }
        assertEquals(Set.of(0, 8, 16, 20), lengths);
    }

    @Test
    void hasNotDoneWhatItWasDoing() throws IoFailure {
        SimFile file = storage.create("f");
        PendingCall write = file.beginWrite(0, Sectors.of("a"));
        disk.kill();

        assertThrows(IoFailure.class, write::end);
        assertEquals("", Sectors.read(disk.storage(), "f"));
    }

    private static byte first(SimDisk disk) throws IoFailure {
        return disk.storage().map("stage", 4096).memory().get(ValueLayout.JAVA_BYTE, 0);
    }

    @Test
    void findsItsFilesByName() throws IoFailure {
        disk.kill();

        IoFailure missing = assertThrows(IoFailure.class, () -> disk.storage().open("f", Access.READ));
        assertEquals(Kind.NOT_FOUND, missing.kind());
    }
}
