package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.StillWorld;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last segment has no room for the mark that begins a generation, and the disk has none for another segment. */
class OpeningOnAFullDiskTest {
    private static final Fault FULL = Fault.full(Call.CREATE, Call.ALLOCATE).fromThenOn();

    private final SimDisk disk = new SimDisk();
    private FaultyStorage storage = new FaultyStorage(disk.storage());

    private Wal openFull(Policy policy) {
        storage = new FaultyStorage(disk.storage());
        storage.inject(FULL);
        return open(policy);
    }

    private Wal open(Policy policy) {
        return Assembly.open(storage, SimulatedLog.config(policy), StillWorld.create());
    }

    /** Until not even the smallest record fits. */
    private static int fill(Wal wal) {
        int count = 0;
        for (int bytes : new int[] {10_000, 300, 0}) count = fill(wal, count, bytes);
        return count;
    }

    private static int fill(Wal wal, int from, int bytes) {
        for (int count = from; ; count++) {
            try {
                wal.append(Records.sized(count, bytes));
            } catch (WalException.Full e) {
                return count;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsEverythingAndGoesOnOnceThereIsSpace(Policy policy) {
        int count;
        try (Wal wal = open(policy)) {
            storage.inject(FULL);
            count = fill(wal);
        }
        for (byte round = 0; round < 4; round++) {
            try (Wal wal = openFull(policy)) {
                assertEquals(count, wal.recovery().nextSequence());
                assertEquals(count, Records.entries(wal).size());
                assertThrows(WalException.Full.class, () -> wal.append(Records.sized(0, 300)));
                wal.sync();
                wal.setMetadata(MemorySegment.ofArray(new byte[] {round}));
            }
        }
        try (Wal wal = openFull(policy)) {
            storage.heal();
            for (int i = 0; i < 5; i++) wal.append(Records.numbered(i));
            assertEquals(count + 5, Records.entries(wal).size());
        }
        try (Wal wal = open(policy)) {
            assertEquals(count + 5, Records.entries(wal).size());
            assertEquals(1, wal.metadata().byteSize());
        }
    }

    /** There is nothing to show yet. */
    @ParameterizedTest
    @EnumSource
    void isRefusedForALogThatHasNoSegment(Policy policy) {
        for (Call call : new Call[] {Call.CREATE, Call.ALLOCATE, Call.MAP}) {
            storage = new FaultyStorage(disk.storage());
            storage.inject(Fault.full(call).fromThenOn());
            WalException.Full full = assertThrows(WalException.Full.class, () -> open(policy));
            assertEquals(0, disk.openHandles(), () -> full.getMessage() + ": something is still open");
        }
        storage = new FaultyStorage(disk.storage());
        try (Wal wal = open(policy)) {
            Records.append(wal, 0, 10);
            Records.assertHolds(wal, 10);
        }
    }
}
