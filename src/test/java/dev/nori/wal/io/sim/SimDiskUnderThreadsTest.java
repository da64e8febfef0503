package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.io.IoFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SimDiskUnderThreadsTest {
    private final SimDisk disk = new SimDisk();
    private final SimStorage storage = disk.storage();

    @Test
    void keepsWhatEachThreadHasSyncedWhileOthersCall() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "f" + i;
                results.add(pool.submit(() -> appendAndSync(name)));
            }
            for (Future<?> result : results) result.get();
        }
        for (SimDisk state : disk.journal().last().powerCuts(100, 1)) {
            for (int i = 0; i < 4; i++) assertEquals("z".repeat(20), Sectors.read(state.storage(), "f" + i));
        }
    }

    @Test
    void seesAGroupCommitThatBeganItsSyncTooEarly() throws Exception {
        SimFile file = FileAfterAPowerCutTest.durableFile(disk, "a");
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch synced = new CountDownLatch(1);
        disk.hook(new CallHook() {
            @Override
            public void within(Op op) {
                if (!(op instanceof Op.Write)) return;
                writing.countDown();
                await(synced);
            }
        });
        Thread writer = Thread.ofPlatform().start(() -> write(file));
        await(writing);
        file.sync();
        synced.countDown();
        writer.join();

        assertEquals("b", Sectors.read(file));
        assertEquals(Set.of("a", "b"), Sectors.afterPowerCut(disk, "f"));
    }

    private Void appendAndSync(String name) throws IoFailure {
        SimFile file = storage.create(name);
        for (int i = 0; i < 20; i++) {
            file.write((long) i * Sectors.BYTES, Sectors.of("z"));
            file.sync();
            disk.journal().last().powerCuts(2, i).disk(0);
        }
        storage.syncDirectory();
        return null;
    }

    private static void write(SimFile file) {
        try {
            file.write(0, Sectors.of("b"));
        } catch (IoFailure failure) {
            throw new AssertionError(failure);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
