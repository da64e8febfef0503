package dev.nori.wal.crash.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.disk.CrashPlan;
import dev.nori.wal.crash.disk.CrashPlan.Recovery;
import dev.nori.wal.crash.disk.CrashReport;
import dev.nori.wal.crash.disk.CrashTrial;
import dev.nori.wal.crash.disk.FileSystem;
import dev.nori.wal.crash.disk.KillPlan;
import dev.nori.wal.crash.disk.KillReport;
import dev.nori.wal.crash.disk.KillTrial;
import dev.nori.wal.crash.disk.Machine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyValueStoreCrashTest {
    private final long seed = ThreadLocalRandom.current().nextLong(1_000_000);

    @BeforeEach
    void printsItsSeed() {
        System.out.println("key-value store, seed " + seed);
    }

    @Test
    void losesNothingWhenItIsKilled() throws IOException, InterruptedException {
        KillReport report = kill(Manner.HONEST, 3);
        assertEquals(List.of(), report.violations());
        assertTrue(report.acknowledged() > 0);
    }

    @Test
    void isCaughtByAKillWhenItAcknowledgesTooEarly() throws IOException, InterruptedException {
        assertEquals(1, kill(Manner.TOO_EARLY, 10).violations().size());
    }

    @Test
    void losesNothingWhenThePowerIsCutDuringRecoveryIncluded() throws IOException, InterruptedException {
        CrashReport report = cutPower(Manner.HONEST, Recovery.CUT_AGAIN);
        assertEquals(List.of(), report.violations());
        assertTrue(report.acknowledged() > 0);
    }

    @Test
    void isCaughtByAPowerCutWhenItDoesNotSync() throws IOException, InterruptedException {
        List<String> found = cutPower(Manner.WITHOUT_SYNC, Recovery.UNDISTURBED).violations().stream()
                .map(finding -> finding.what())
                .toList();
        assertTrue(found.stream().anyMatch(what -> what.contains("lost: ")), found::toString);
    }

    private KillReport kill(Manner manner, int kills) throws IOException, InterruptedException {
        return KillTrial.run(KillPlan.of(seed).withKills(kills), new StoreSubject(manner, seed), finding -> {});
    }

    private CrashReport cutPower(Manner manner, Recovery recovery) throws IOException, InterruptedException {
        Machine.requiresCrashDisk(FileSystem.EXT4);
        CrashPlan plan = CrashPlan.of(FileSystem.EXT4, seed)
                .withRuns(1)
                .withImagesPerRun(4)
                .withRecovery(recovery);
        return CrashTrial.run(plan, new StoreSubject(manner, seed), finding -> {});
    }
}
