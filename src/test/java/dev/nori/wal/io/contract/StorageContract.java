package dev.nori.wal.io.contract;

import static dev.nori.wal.io.contract.Failures.failing;
import static dev.nori.wal.io.contract.Failures.refused;
import static dev.nori.wal.io.contract.Memory.BLOCK;
import static dev.nori.wal.io.contract.Memory.assertSame;
import static dev.nori.wal.io.contract.Memory.fill;
import static dev.nori.wal.io.contract.Memory.pattern;
import static dev.nori.wal.io.contract.Memory.read;
import static dev.nori.wal.io.contract.Memory.zeros;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.Storage.Access;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory, of whatever engine. */
public abstract class StorageContract {
    private static final long MAPPED = 16 * BLOCK;

    private Reopening directory;
    private Storage storage;

    /** A directory with nothing in it. */
    protected abstract Reopening freshDirectory() throws Exception;

    @BeforeEach
    void openADirectory() throws Exception {
        directory = freshDirectory();
        storage = directory.open();
    }

    @AfterEach
    void closeIt() {
        storage.close();
    }

    @Test
    void saysWhatItIs() {
        assertNotEquals(IoMode.AUTO, storage.mode());
        assertFalse(storage.directory().isBlank());
    }

    @Test
    void hasSomeFreeSpace() throws IoFailure {
        assertTrue(storage.freeBytes() > 0, "free bytes " + storage.freeBytes());
    }

    @Test
    void isEmptyAtFirst() throws IoFailure {
        assertEquals(List.of(), storage.list());
    }

    @Test
    void createsAFileOnceOnly() throws IoFailure {
        create("a");
        assertTrue(failing(Kind.EXISTS, () -> storage.create("a")).contains("a"));
    }

    @Test
    void keepsTheFileThatWasInTheWay() throws IoFailure {
        create("a", 1);
        failing(Kind.EXISTS, () -> storage.create("a"));
        assertContent("a", 1);
    }

    @Test
    void findsNoFileThatIsNotThere() {
        assertTrue(failing(Kind.NOT_FOUND, () -> storage.open("missing", Access.READ))
                .contains("missing"));
        failing(Kind.NOT_FOUND, () -> storage.open("missing", Access.WRITE));
    }

    @Test
    void listsItsFilesSorted() throws IoFailure {
        for (String name : List.of("b", "00010", "a", "00002", "B")) create(name);
        assertEquals(List.of("00002", "00010", "B", "a", "b"), storage.list());
    }

    @Test
    void findsEverythingAgainWhenItIsOpenedAgain() throws IoFailure {
        create("a", 1);
        storage.syncDirectory();
        storage.close();
        try (Storage again = directory.open()) {
            assertEquals(List.of("a"), again.list());
            try (LogFile file = again.open("a", Access.WRITE)) {
                assertSame(pattern(BLOCK, 1), read(file, 0, BLOCK));
            }
        }
    }

    @Test
    void opensAnExistingFileForWritingAndKeepsWhatIsInIt() throws IoFailure {
        create("a", 1);
        try (LogFile file = storage.open("a", Access.WRITE)) {
            file.write(BLOCK, pattern(BLOCK, 2));
            assertSame(pattern(BLOCK, 1), read(file, 0, BLOCK));
            assertEquals(2 * BLOCK, file.size());
        }
    }

    @Test
    void renames() throws IoFailure {
        create("a", 1);
        storage.rename("a", "b");
        assertEquals(List.of("b"), storage.list());
        assertContent("b", 1);
        failing(Kind.NOT_FOUND, () -> storage.open("a", Access.READ));
    }

    @Test
    void replacesWhatHasTheNewName() throws IoFailure {
        create("a", 1);
        create("b", 2);
        storage.rename("a", "b");
        assertEquals(List.of("b"), storage.list());
        assertContent("b", 1);
    }

    @Test
    void renamesNothingThatIsNotThere() throws IoFailure {
        create("b", 2);
        failing(Kind.NOT_FOUND, () -> storage.rename("a", "b"));
        assertContent("b", 2);
    }

    @Test
    void keepsHandlesOnAFileThatGetsAnotherName() throws IoFailure {
        try (LogFile file = storage.create("a")) {
            file.write(0, pattern(BLOCK, 1));
            storage.rename("a", "b");
            create("a", 5);
            file.write(0, pattern(BLOCK, 2));
            file.writeDurably(BLOCK, pattern(BLOCK, 3));
            file.sync();
        }
        assertContent("a", 5);
        assertContent("b", 2);
    }

    @Test
    void deletes() throws IoFailure {
        create("a");
        create("b");
        storage.delete("a");
        assertEquals(List.of("b"), storage.list());
        failing(Kind.NOT_FOUND, () -> storage.open("a", Access.READ));
        failing(Kind.NOT_FOUND, () -> storage.delete("a"));
        create("a");
    }

    @Test
    void keepsHandlesOnAFileThatIsDeleted() throws IoFailure {
        create("a", 1);
        try (LogFile writer = storage.open("a", Access.WRITE);
                LogFile reader = storage.open("a", Access.READ)) {
            storage.delete("a");
            create("a", 5);
            assertSame(pattern(BLOCK, 1), read(reader, 0, BLOCK));
            writer.write(0, pattern(BLOCK, 2));
            writer.writeDurably(BLOCK, pattern(BLOCK, 3));
            assertSame(pattern(BLOCK, 2), read(reader, 0, BLOCK));
            assertEquals(2 * BLOCK, reader.size());
        }
        assertContent("a", 5);
    }

    @Test
    void syncsItself() throws IoFailure {
        storage.syncDirectory();
        create("a");
        storage.rename("a", "b");
        storage.syncDirectory();
        storage.delete("b");
        storage.syncDirectory();
    }

    @Test
    void isNotHarmedByAnInterruptedThread() throws IoFailure {
        Thread.currentThread().interrupt();
        try {
            create("a", 1);
            storage.rename("a", "b");
            storage.syncDirectory();
            assertContent("b", 1);
            assertEquals(List.of("b"), storage.list());
            storage.lock("lock", "me").close();
            try (MappedMemory mapped = storage.map("mapped", MAPPED)) {
                assertSame(zeros(MAPPED), mapped.memory());
                mapped.sync();
            }
            assertTrue(Thread.currentThread().isInterrupted(), "the interrupt is still there");
        } finally {
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/a", "a/", "../a", "a\0b"})
    void takesPlainFileNamesOnly(String name) {
        refused(() -> storage.create(name));
        refused(() -> storage.open(name, Access.READ));
        refused(() -> storage.delete(name));
        refused(() -> storage.rename(name, "b"));
        refused(() -> storage.rename("a", name));
        refused(() -> storage.map(name, BLOCK));
        refused(() -> storage.lock(name, "me"));
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int worker = i;
                results.add(pool.submit(() -> {
                    for (int round = 0; round < 20; round++) {
                        String name = worker + "-" + round;
                        create(name, round);
                        storage.rename(name, name + "-new");
                        assertContent(name + "-new", round);
                        if (round % 2 == 0) storage.delete(name + "-new");
                        storage.syncDirectory();
                    }
                    return null;
                }));
            }
            for (Future<?> result : results) result.get();
        }
        assertEquals(40, storage.list().size());
    }

    @Test
    void mapsZerosWhereThereWasNoFile() throws IoFailure {
        try (MappedMemory mapped = storage.map("stage", MAPPED)) {
            assertEquals(MAPPED, mapped.memory().byteSize());
            assertEquals(0, mapped.memory().address() % BLOCK);
            assertSame(zeros(MAPPED), mapped.memory());
        }
        assertEquals(List.of("stage"), storage.list());
    }

    @Test
    void mapsAgainWhatWasStored() throws IoFailure {
        try (MappedMemory mapped = storage.map("stage", MAPPED)) {
            fill(mapped.memory(), 4);
        }
        try (Storage again = directory.open();
                MappedMemory mapped = again.map("stage", MAPPED)) {
            assertSame(pattern(MAPPED, 4), mapped.memory());
        }
    }

    @Test
    void mapsZerosWhereTheFileHadAnotherSize() throws IoFailure {
        for (long bytes : new long[] {MAPPED, 2 * MAPPED, BLOCK}) {
            try (MappedMemory mapped = storage.map("stage", bytes)) {
                assertSame(zeros(bytes), mapped.memory());
                fill(mapped.memory(), 4);
            }
        }
    }

    @Test
    void mapsWhatHandlesSee() throws IoFailure {
        try (MappedMemory mapped = storage.map("stage", MAPPED);
                LogFile reader = storage.open("stage", Access.READ)) {
            fill(mapped.memory(), 4);
            assertSame(pattern(MAPPED, 4), read(reader, 0, MAPPED));
        }
    }

    @Test
    void writesFromMappedMemory() throws IoFailure {
        try (MappedMemory mapped = storage.map("stage", MAPPED);
                LogFile file = storage.create("a")) {
            fill(mapped.memory(), 4);
            file.write(0, mapped.memory());
            file.writeDurably(
                    MAPPED, mapped.memory().asSlice(BLOCK), mapped.memory().asSlice(0, BLOCK));
            assertSame(pattern(MAPPED, 4), read(file, 0, MAPPED));
            assertSame(pattern(MAPPED, 4).asSlice(BLOCK), read(file, MAPPED, MAPPED - BLOCK));
        }
    }

    @Test
    void letsAnyThreadUseMappedMemory() throws Exception {
        try (MappedMemory mapped = storage.map("stage", MAPPED)) {
            Thread.ofPlatform().start(() -> fill(mapped.memory(), 4)).join();
            assertSame(pattern(MAPPED, 4), mapped.memory());
            mapped.sync();
        }
    }

    @Test
    void takesMappedMemoryAwaySafely() throws IoFailure {
        MappedMemory mapped = storage.map("stage", MAPPED);
        MemorySegment memory = mapped.memory();
        mapped.close();
        mapped.close();
        assertThrows(IllegalStateException.class, () -> memory.get(JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, () -> memory.set(JAVA_BYTE, 0, (byte) 1));
        assertThrows(IllegalStateException.class, mapped::sync);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -4096, 1, 4095, 4097})
    void mapsWholeBlocksOnly(long bytes) {
        refused(() -> storage.map("stage", bytes));
    }

    @Test
    void hasOneOwner() throws IoFailure {
        try (Storage.Lock held = storage.lock("lock", "the first")) {
            assertNotNull(held);
            assertTrue(lockFails(storage).contains("the first"));
            try (Storage again = directory.open()) {
                assertTrue(lockFails(again).contains("the first"));
            }
            // A refused attempt must not have taken the first owner's lock away.
            assertTrue(lockFails(storage).contains("the first"));
        }
    }

    @Test
    void canBeOwnedAgain() throws IoFailure {
        for (int i = 0; i < 3; i++) {
            Storage.Lock lock = storage.lock("lock", "owner " + i);
            assertTrue(lockFails(storage).contains("owner " + i));
            lock.close();
            lock.close();
        }
    }

    @Test
    void keepsTheLockOfItsNextOwnerWhenAFormerOneClosesTwice() throws IoFailure {
        Storage.Lock former = storage.lock("lock", "former");
        former.close();
        try (Storage.Lock held = storage.lock("lock", "next")) {
            assertNotNull(held);
            former.close();
            assertTrue(lockFails(storage).contains("next"));
        }
    }

    @Test
    void staysOwnedWhenTheStorageIsClosed() throws IoFailure {
        try (Storage.Lock held = storage.lock("lock", "the first")) {
            assertNotNull(held);
            storage.close();
            try (Storage again = directory.open()) {
                assertTrue(lockFails(again).contains("the first"));
            }
        }
    }

    @Test
    void isLockedByOneThreadOnly() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) results.add(pool.submit(this::locksTaken));
            int taken = 0;
            for (Future<Integer> result : results) taken += result.get();
            assertEquals(1, taken);
        }
    }

    /** Never closes what it takes, so that all threads together can take one. */
    private int locksTaken() {
        try {
            storage.lock("contended", Thread.currentThread().getName());
            return 1;
        } catch (IoFailure e) {
            assertEquals(Kind.LOCKED, e.kind(), e::toString);
            return 0;
        }
    }

    private static String lockFails(Storage storage) {
        return failing(Kind.LOCKED, () -> storage.lock("lock", "a second"));
    }

    private void create(String name) throws IoFailure {
        storage.create(name).close();
    }

    private void create(String name, int seed) throws IoFailure {
        try (LogFile file = storage.create(name)) {
            file.write(0, pattern(BLOCK, seed));
        }
    }

    private void assertContent(String name, int seed) throws IoFailure {
        try (LogFile file = storage.open(name, Access.READ)) {
            assertSame(pattern(BLOCK, seed), read(file, 0, BLOCK));
        }
    }
}
