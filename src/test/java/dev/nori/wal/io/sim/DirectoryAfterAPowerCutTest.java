package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.SimOptions.Renames;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DirectoryAfterAPowerCutTest {
    private SimDisk disk = new SimDisk();
    private SimStorage storage = disk.storage();

    @Test
    void mayHaveLostAFileThatWasCreatedAndSynced() throws IoFailure {
        SimFile file = storage.create("f");
        file.write(0, Sectors.of("a"));
        file.sync();

        assertEquals(Set.of("none", "a"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void hasAFileThatWasCreatedBeforeItsSync() throws IoFailure {
        storage.create("f");
        storage.syncDirectory();

        assertEquals(Set.of(""), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void isNotCoveredByASyncThatBeganBefore() throws IoFailure {
        PendingCall sync = storage.beginSyncDirectory();
        storage.create("f");
        sync.end();

        assertEquals(Set.of("[]", "[f]"), directories());
    }

    @Test
    void hasTheOldNameOrTheNewOneButNeverNeither() throws IoFailure {
        durable("a");
        storage.rename("a", "b");

        assertEquals(Set.of("[a]", "[b]"), directories());
    }

    @Test
    void mayHaveBothNamesWhereARenameIsALinkAndAnUnlink() throws IoFailure {
        disk = new SimDisk(SimOptions.defaults().withRenames(Renames.LINK_THEN_UNLINK));
        storage = disk.storage();
        durable("a");
        storage.rename("a", "b");

        assertEquals(Set.of("[a]", "[a, b]", "[b]"), directories());
    }

    @Test
    void hasTheReplacedFileOrTheNewOneWhole() throws IoFailure {
        durable("a");
        durable("b");
        storage.rename("a", "b");

        assertEquals(Set.of("a", "b"), Sectors.afterPowerCut(disk, "b"));
        assertEquals(Set.of("[a, b]", "[b]"), directories());
    }

    @Test
    void mayHaveADeletedFileAgain() throws IoFailure {
        durable("a");
        storage.delete("a");
        assertEquals(Set.of("[]", "[a]"), directories());

        storage.syncDirectory();
        assertEquals(Set.of("[]"), directories());
    }

    @Test
    void keepsOrLosesEachOfSeveralFilesOnItsOwn() throws IoFailure {
        storage.create("a");
        storage.create("b");

        assertEquals(Set.of("[]", "[a]", "[b]", "[a, b]"), directories());
    }

    @Test
    void neverLosesADurableFileToAnotherThatTookItsOldName() throws IoFailure {
        durable("a");
        storage.rename("a", "b");
        storage.create("a").write(0, Sectors.of("n"));

        assertEquals(Set.of("[a]", "[b]", "[a, b]"), directories());
        assertEquals(Set.of("a", "none", "", ".", "n"), Sectors.afterPowerCut(disk, "a"));
    }

    @Test
    void hasTheLockFileAtOnce() throws IoFailure {
        storage.lock("lock", "pid 1").close();

        assertEquals(Set.of("[lock]"), directories());
    }

    private void durable(String name) throws IoFailure {
        SimFile file = storage.create(name);
        file.write(0, Sectors.of(name));
        file.sync();
        storage.syncDirectory();
    }

    private Set<String> directories() throws IoFailure {
        Set<String> found = new TreeSet<>();
        for (SimDisk state : disk.journal().last().powerCuts(1000, 1)) {
            found.add(state.storage().list().toString());
        }
        return found;
    }
}
