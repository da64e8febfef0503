package dev.nori.wal.io.contract;

import static dev.nori.wal.io.contract.Failures.failing;
import static dev.nori.wal.io.contract.Memory.BLOCK;
import static dev.nori.wal.io.contract.Memory.assertSame;
import static dev.nori.wal.io.contract.Memory.pattern;
import static dev.nori.wal.io.contract.Memory.read;
import static dev.nori.wal.io.contract.Memory.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine on a disk that has no room left. */
public abstract class FullDiskContract {
    private static final long PART = 4L << 20;

    private final Engine engine;

    @TempDir
    Path home;

    protected FullDiskContract(Engine engine) {
        this.engine = engine;
    }

    /** What a test does with the small disk. */
    private interface Work {
        void with(Storage storage) throws Exception;
    }

    private void on(SmallDisk.Type type, Work work) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(type, home)) {
            engine.assumeWorksIn(disk.directory());
            try (Storage storage = engine.open(disk.directory())) {
                work.with(storage);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TMPFS", "EXT4", "EXT4_WITHOUT_EXTENTS"})
    void refusesToAllocateMoreThanThereIsAndTakesNothing(SmallDisk.Type type) throws Exception {
        on(type, storage -> {
            try (LogFile file = storage.create("a")) {
                file.write(0, pattern(BLOCK, 1));
                file.sync();
                long free = storage.freeBytes();
                failing(Kind.FULL, () -> file.allocate(2 * SmallDisk.BYTES));
                assertEquals(BLOCK, file.size());
                file.sync();
                // ext4 keeps a block that kept track of the others.
                long kept = free - storage.freeBytes();
                assertTrue(kept <= BLOCK, kept + " bytes are still taken");
                file.allocate(PART);
                assertSame(pattern(BLOCK, 1), read(file, 0, BLOCK));
                assertSame(zeros(PART - BLOCK), read(file, BLOCK, PART - BLOCK));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TMPFS", "EXT4", "EXT4_WITHOUT_EXTENTS"})
    void writesIntoWhatItAllocatedThoughTheDiskIsFull(SmallDisk.Type type) throws Exception {
        on(type, storage -> {
            try (LogFile file = storage.create("a");
                    LogFile other = storage.create("b")) {
                file.allocate(PART);
                fill(other);
                file.write(0, pattern(PART, 1));
                file.writeDurably(0, pattern(PART, 2));
                file.sync();
                assertSame(pattern(PART, 2), read(file, 0, PART));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TMPFS", "EXT4", "EXT4_WITHOUT_EXTENTS"})
    void saysThatTheDiskIsFullAndGoesOnWhenItIsNot(SmallDisk.Type type) throws Exception {
        on(type, storage -> {
            try (LogFile other = storage.create("b");
                    LogFile file = storage.create("a")) {
                fill(other);
                failing(Kind.FULL, () -> file.write(0, pattern(PART, 1)));
                failing(Kind.FULL, () -> file.writeDurably(0, pattern(PART, 1)));
                failing(Kind.FULL, () -> storage.map("stage", PART));
                other.truncate(0);
                other.sync();
                file.writeDurably(0, pattern(PART, 1));
                assertSame(pattern(PART, 1), read(file, 0, PART));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TMPFS", "EXT4", "EXT4_WITHOUT_EXTENTS"})
    void storesIntoMappedMemoryThoughTheDiskIsFull(SmallDisk.Type type) throws Exception {
        on(type, storage -> {
            try (MappedMemory mapped = storage.map("stage", PART);
                    LogFile other = storage.create("b")) {
                fill(other);
                Memory.fill(mapped.memory(), 1);
                mapped.sync();
                assertSame(pattern(PART, 1), mapped.memory());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TMPFS", "EXT4", "EXT4_WITHOUT_EXTENTS"})
    void canStillBeLocked(SmallDisk.Type type) throws Exception {
        on(type, storage -> {
            try (LogFile other = storage.create("b")) {
                fill(other);
                storage.lock("lock", "owner").close();
                storage.lock("lock", "owner").close();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TMPFS", "EXT4"})
    void allocatesOrSaysThatTheDiskIsFullWhileSpaceComesAndGoes(SmallDisk.Type type) throws Exception {
        on(type, storage -> {
            try (LogFile file = storage.create("a");
                    LogFile other = storage.create("b")) {
                AtomicBoolean done = new AtomicBoolean();
                CompletableFuture<Void> neighbour = CompletableFuture.runAsync(() -> comeAndGo(other, done));
                try {
                    for (int i = 0; i < 200; i++) allocateOrFindItFull(file, PART);
                } finally {
                    done.set(true);
                    neighbour.join();
                }
            }
        });
    }

    private static void allocateOrFindItFull(LogFile file, long bytes) throws IoFailure {
        try {
            file.allocate(bytes);
        } catch (IoFailure e) {
            assertEquals(Kind.FULL, e.kind(), e::toString);
            assertEquals(0, file.size());
        }
        file.truncate(0);
    }

    /** Leaves room for the part, and half of it, and all. */
    private static void comeAndGo(LogFile file, AtomicBoolean done) {
        try {
            while (!done.get()) {
                allocateOrFindItFull(file, SmallDisk.BYTES - 2 * PART);
                allocateOrFindItFull(file, SmallDisk.BYTES - PART / 2);
            }
        } catch (IoFailure e) {
            throw new AssertionError(e);
        }
    }

    /** Writes until not one block more fits. */
    private static void fill(LogFile file) throws IoFailure {
        long at = 0;
        for (long step = 64 * BLOCK; step >= BLOCK; step /= 2) {
            try {
                while (true) {
                    file.write(at, pattern(step, 9));
                    at += step;
                }
            } catch (IoFailure e) {
                assertEquals(Kind.FULL, e.kind(), e::toString);
            }
        }
    }
}
