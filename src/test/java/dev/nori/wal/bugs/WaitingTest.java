package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.log.Folders;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import dev.nori.wal.log.StillWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bug 16: every append waited for every other one's sync, each record cost a large read, and recovery the memory of a segment. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingTest {
    private static final int CALLERS = 16;

    private final SimulatedLog log = new SimulatedLog();
    private final CountDownLatch release = new CountDownLatch(1);

    @TempDir
    Path home;

    /** Not that of the next segment, which is prepared meanwhile. */
    private void holdTheNextSync() {
        AtomicBoolean first = new AtomicBoolean(true);
        Runnable hold = () -> {
            boolean preparing = Thread.currentThread().getName().equals("nori-wal-housekeeper");
            if (!preparing && first.getAndSet(false)) await(release);
        };
        log.storage().before(Call.WRITE_DURABLY, hold);
        log.storage().before(Call.SYNC, hold);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isSharedByThoseWhoComeDuringASync() throws Exception {
        try (Wal wal = log.open(Policy.ALWAYS)) {
            wal.sync();
            long before = wal.stats().syncs();
            holdTheNextSync();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                callers.add(Thread.ofPlatform().start(() -> wal.append(Records.numbered(number))));
            }
            while (wal.stats().records() < CALLERS) Thread.sleep(1);
            assertTrue(callers.stream().allMatch(Thread::isAlive), "nobody is acknowledged yet");
            release.countDown();
            for (Thread caller : callers) caller.join();
            long syncs = wal.stats().syncs() - before;
            assertTrue(syncs <= 3, () -> syncs + " syncs for " + CALLERS + " callers");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "OS"})
    void isNotForThoseWhoDoNotAskForASync(Policy policy) throws Exception {
        try (Wal wal = log.open(policy)) {
            wal.sync();
            holdTheNextSync();
            Thread durable = Thread.ofPlatform().start(() -> wal.append(Records.numbered(0), Durability.DURABLE));
            while (wal.stats().records() < 1) Thread.sleep(1);
            AtomicInteger appended = new AtomicInteger();
            Thread other = Thread.ofPlatform().start(() -> {
                for (int i = 1; i < 100; i++) {
                    wal.append(Records.numbered(i));
                    appended.incrementAndGet();
                }
                assertEquals(100, Records.entries(wal).size());
            });
            other.join();
            assertEquals(99, appended.get());
            assertTrue(durable.isAlive(), "its sync is still under way");
            release.countDown();
            durable.join();
        }
    }

    @Test
    void isNeitherForMemoryNorForMoreReadsThanNeeded() throws Exception {
        WalConfig config = new Setting(Engine.NIO, Policy.OS).config().withMaxSegmentBytes(16 << 20);
        Path directory = home.resolve("log");
        int records = 10_000;
        Path killed;
        try (Wal wal = Wal.open(directory, config)) {
            for (int i = 0; i < records; i++) wal.append(Records.sized(i, 1000));
            wal.flush();
            killed = Folders.copy(directory, home.resolve("killed"));
        }
        Files.delete(killed.resolve("STAGE"));
        Ledger ledger = new Ledger(Engine.NIO.open(killed));
        try (Wal wal = Assembly.open(ledger, config, StillWorld.create())) {
            assertEquals(records, wal.recovery().records());
            long largest = ledger.largestReadBytes();
            assertTrue(largest <= 2 << 20, () -> "recovery read " + largest + " bytes at once");
            long before = ledger.reads();
            assertEquals(records, Records.entries(wal).size());
            long reads = ledger.reads() - before;
            assertTrue(reads < records / 50, () -> reads + " reads for " + records + " records");
        }
    }
}
