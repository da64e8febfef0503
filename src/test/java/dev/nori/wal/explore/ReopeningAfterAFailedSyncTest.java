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
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.io.sim.SimOptions.Mappings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After a failed sync the page cache shows bytes that the device never got, and calls them clean. */
class ReopeningAfterAFailedSyncTest {
    private static final Script ALWAYS = Script.of(FsyncPolicy.always());
    private static final int SEVERAL_BLOCKS = 14_000;
    private static final long ALL_OF_IT = 1 << 30;
    private static final SimOptions DISK = SimOptions.defaults().withMappings(Mappings.OF_ONE_THREAD);

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

    /** Half of it may come back with a power cut, if the cache shows zeros that the device never got. */
    @ParameterizedTest
    @CsvSource({"9, 400", "3, 20000"}) // within a segment, and over several
    void carriesOutACutThatFailedWholeOrNotAtAll(int records, int recordBytes) {
        List<Step> steps = new ArrayList<>(Collections.nCopies(records, new Step.AppendAsync(recordBytes)));
        steps.add(new Step.TruncateAfter(records - 1));
        for (Fault fault :
                List.of(Fault.eio(Call.SYNC), Fault.eio(Call.WRITE_DURABLY).afterWriting(ALL_OF_IT))) {
            FaultExplorer explorer = new FaultExplorer(16).explore(ALWAYS.with(steps), DISK, fault, 1);
            assertEquals(List.of(), explorer.findings());
        }
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
