package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.Storage.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultyStorageTest {
    private final SimDisk disk = new SimDisk();
    private final FaultyStorage storage = new FaultyStorage(disk.storage());

    @Test
    void failsTheNthCallOnceAndWritesDownWhatItWasAsked() throws IoFailure {
        storage.inject(Fault.full(Call.WRITE).at(2));
        FaultyFile file = storage.create("f");
        file.write(0, Sectors.of("a"));
        IoFailure failure = assertThrows(IoFailure.class, () -> file.write(512, Sectors.of("b")));
        file.write(512, Sectors.of("c"));

        assertEquals(Kind.FULL, failure.kind());
        assertEquals("ac", Sectors.read(disk.storage(), "f"));
        assertEquals(3, storage.count(Call.WRITE));
        assertEquals(
                List.of(
                        "create f",
                        "write f offset=0 length=512",
                        "write f offset=512 length=512 -> FULL (28)",
                        "write f offset=512 length=512"),
                storage.trace());
    }

    @Test
    void failsForEverUntilItIsHealed() throws IoFailure {
        storage.inject(Fault.eio(Call.CREATE, Call.DELETE).fromThenOn());
        assertThrows(IoFailure.class, () -> storage.create("f"));
        assertThrows(IoFailure.class, () -> storage.delete("f"));

        storage.heal();
        storage.create("f");
    }

    @Test
    void writesAPrefixBeforeItFails() throws IoFailure {
        storage.inject(Fault.eio(Call.WRITE).afterWriting(700));
        FaultyFile file = storage.create("f");

        assertThrows(IoFailure.class, () -> file.write(0, Sectors.of("a"), Sectors.of("b")));
        assertEquals(700, file.size());
    }

    @Test
    void pretendsToSync() throws IoFailure {
        SimFile plain = FileAfterAPowerCutTest.durableFile(disk, "a");
        plain.close();
        storage.inject(Fault.lies(Call.SYNC));
        FaultyFile file = storage.open("f", Access.WRITE);
        file.write(0, Sectors.of("b"));
        file.sync();

        assertEquals(Set.of("a", "b"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void takesAShortWriteForWhole() throws IoFailure {
        storage.inject(Fault.shortened(512, Call.WRITE));
        FaultyFile file = storage.create("f");
        file.write(0, Sectors.of("ab"));

        assertEquals("a", Sectors.read(disk.storage(), "f"));
    }

    @Test
    void makesARetryOfAFailedSyncWorthlessAsTheKernelDoes() throws IoFailure {
        FileAfterAPowerCutTest.durableFile(disk, "a").close();
        storage.inject(Fault.eio(Call.SYNC));
        FaultyFile file = storage.open("f", Access.WRITE);
        file.write(0, Sectors.of("b"));
        assertThrows(IoFailure.class, file::sync);
        file.sync();

        assertEquals(Set.of("a"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void refusesToPretendWhatMustReturnSomething() {
        assertThrows(IllegalArgumentException.class, () -> Fault.lies(Call.OPEN));
    }

    @Test
    void letsATestActBeforeAndAfterACall() throws IoFailure {
        List<String> seen = new ArrayList<>();
        storage.before(
                Call.SYNC_DIRECTORY, () -> seen.add("before " + storage.trace().size()));
        storage.after(
                Call.SYNC_DIRECTORY, () -> seen.add("after " + storage.trace().size()));
        storage.syncDirectory();

        assertEquals(List.of("before 0", "after 1"), seen);
    }
}
