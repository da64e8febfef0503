package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bugs 3 and 4: appends got into a segment that nobody synced any more, and segments were rolled twice. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RollUnderLoadTest {
    private static final int WRITERS = 8;
    private static final int PHASES = 4;
    private static final int EACH = 60;
    private static final int VALUE_BYTES = 4000;

    @TempDir
    Path home;

    private Ledger open(Engine engine) throws Exception {
        engine.assumeWorksIn(home);
        return new Ledger(engine.open(Files.createDirectory(home.resolve("log"))));
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#all")
    void losesNoSyncAndRollsEachSegmentOnce(Setting setting) throws Exception {
        Ledger ledger = open(setting.engine());
        WalConfig config = setting.config();
        try (Wal wal = Assembly.open(ledger, config, Surroundings.real(config));
                ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int phase = 0; phase < PHASES; phase++) {
                List<Future<?>> appends = new ArrayList<>();
                for (int w = 0; w < WRITERS; w++) {
                    appends.add(threads.submit(() -> {
                        for (int i = 0; i < EACH; i++) wal.append(Records.sized(i, VALUE_BYTES));
                    }));
                }
                for (Future<?> append : appends) append.get(60, TimeUnit.SECONDS);
                if (setting.policy() != Policy.ALWAYS) wal.sync();
                assertEquals(Set.of(), ledger.unsynced(), "segments with acknowledged bytes that nobody synced");
            }
            assertRolledOnce(ledger.begun().size(), wal.endPosition().bytes());
            assertEquals(PHASES * WRITERS * EACH, Records.entries(wal).size());
        }
    }

    /** Each segment is full, but for less than the record that did not fit. */
    private static void assertRolledOnce(int segments, long bytes) {
        long room = WalConfig.MIN_SEGMENT_BYTES - 64 * 1024; // generously: header, footer, marks and the last record
        long most = bytes / room + 1;
        assertTrue(segments > 1 && segments <= most, () -> segments + " segments for " + bytes + " bytes");
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void leavesOneSyncToCoverManySegments(Setting setting) throws Exception {
        Ledger ledger = open(setting.engine());
        WalConfig config = setting.config().withFsyncPolicy(Policy.OS.fsync());
        try (Wal wal = Assembly.open(ledger, config, Surroundings.real(config))) {
            for (int i = 0; i < 100; i++) wal.append(Records.sized(i, 50_000));
            wal.sync();
            assertTrue(ledger.begun().size() >= 5, () -> ledger.begun().toString());
            assertEquals(Set.of(), ledger.unsynced());
        }
    }
}
