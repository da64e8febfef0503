package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.StillWorld;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bugs 5 and 14: the directory was never synced, and files were deleted in no order. */
class DirectoryTest {
    private final SimDisk disk = new SimDisk();

    private Ledger fill(Policy policy, WalConfig config) {
        disk.kill();
        Ledger ledger = new Ledger(disk.storage());
        Wal wal = Assembly.open(ledger, config.withFsyncPolicy(policy.fsync()), StillWorld.create());
        for (int i = 0; i < 100; i++) wal.append(Records.sized(i, 50_000));
        return ledger;
    }

    @ParameterizedTest
    @EnumSource
    void isSyncedAfterEachCreationBeforeTheFileIsUsed(Policy policy) {
        for (WalConfig config :
                List.of(SimulatedLog.config(policy), SimulatedLog.config(policy).withoutPreallocation())) {
            Ledger ledger = fill(policy, config);
            List<String> events = ledger.events();
            assertTrue(ledger.begun().size() >= 5, events::toString);
            for (String name : ledger.begun()) {
                int created = events.indexOf("create " + name);
                int begun = events.indexOf("begin " + name);
                if (created < 0) continue; // prepared by the run before
                List<String> between = events.subList(created, begun);
                assertTrue(between.contains("syncDirectory"), () -> name + ": " + between);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNoFileThatTheLogDidNotSayItWouldDelete(Policy policy) {
        for (int round = 0; round < 3; round++) {
            Ledger ledger = fill(policy, SimulatedLog.config(policy));
            List<String> gone = ledger.events().stream()
                    .filter(event -> event.startsWith("delete") || event.startsWith("rename"))
                    .toList();
            // The control file comes by another name, once.
            assertEquals(round == 0 ? List.of("rename CONTROL.new") : List.of(), gone);
        }
    }
}
