package dev.nori.wal.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.CrashStates;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.io.sim.SimDisk;
import org.junit.jupiter.api.Test;

/** After a failed sync the page cache shows bytes that the device never got, and calls them clean. */
class ReopeningAfterAFailedSyncTest {
    private static final Script ALWAYS = Script.of(FsyncPolicy.always());
    private static final int SEVERAL_BLOCKS = 14_000;

    private final SimDisk disk = new SimDisk();

    private static Wal open(Storage storage) {
        return Rehearsal.open(storage, ALWAYS, new SteppedCrew(), () -> 0);
    }

    @Test
    void reportsWhatTheCacheShowsOnlyOnceTheDeviceHasIt() {
        failInASync();
        long reported;
        try (Wal wal = open(disk.storage())) {
            reported = wal.recovery().nextSequence();
            assertEquals(2, reported, "the cache shows both");
        }
        assertEquals(reported, afterTheLossOfTheCache());
    }

    private void failInASync() {
        FaultyStorage storage = new FaultyStorage(disk.storage());
        Wal wal = open(storage);
        wal.append(new Content(0, 0, SEVERAL_BLOCKS).record());
        storage.inject(Fault.eio(Call.WRITE_DURABLY).afterWriting(Integer.MAX_VALUE));
        assertThrows(WalException.Failed.class, () -> wal.append(new Content(1, 1, SEVERAL_BLOCKS).record()));
        assertThrows(WalException.Failed.class, wal::close);
    }

    private long afterTheLossOfTheCache() {
        CrashStates cuts = disk.journal().last().powerCuts(2, 1);
        try (Wal wal = open(cuts.disk(0).storage())) {
            return wal.recovery().nextSequence();
        }
    }
}
