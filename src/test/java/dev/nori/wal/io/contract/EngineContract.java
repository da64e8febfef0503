package dev.nori.wal.io.contract;

import static dev.nori.wal.io.contract.Failures.failing;
import static dev.nori.wal.io.contract.Memory.BLOCK;
import static dev.nori.wal.io.contract.Memory.assertSame;
import static dev.nori.wal.io.contract.Memory.pattern;
import static dev.nori.wal.io.contract.Memory.read;
import static dev.nori.wal.io.contract.Memory.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.Storage.Access;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine on a real file system, with other processes beside it. */
public abstract class EngineContract {
    private static final long MAPPED = 64 * BLOCK;

    private final Engine engine;
    private Path directory;
    private Storage storage;

    protected EngineContract(Engine engine) {
        this.engine = engine;
    }

    /** An empty directory. */
    protected abstract Path freshDirectory() throws IOException;

    @BeforeEach
    void open() throws IOException {
        directory = freshDirectory();
        engine.assumeWorksIn(directory);
        storage = engine.open(directory);
    }

    @AfterEach
    void close() {
        if (storage != null) storage.close();
    }

    @Test
    void leavesNothingBehindWhenItIsOpened() throws IOException {
        assertEquals(List.of(), storage.list());
        assertEquals(0, entries(directory));
    }

    @Test
    void listsPlainFilesOnly() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        storage.create("file").close();
        assertEquals(List.of("file"), storage.list());
    }

    @Test
    void doesNotDeleteDirectories() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        failing(Kind.OTHER, () -> storage.delete("folder"));
        assertTrue(Files.isDirectory(directory.resolve("folder")));
    }

    @ParameterizedTest
    @ValueSource(longs = {(2L << 30) - BLOCK, 2L << 30, 5L << 30, 100L << 30})
    void reachesBeyondTwoGibibytes(long offset) throws IoFailure {
        try (LogFile file = storage.create("large")) {
            file.write(offset, pattern(2 * BLOCK, 1));
            file.writeDurably(offset + 2 * BLOCK, pattern(BLOCK, 2), pattern(BLOCK, 3));
            assertEquals(offset + 4 * BLOCK, file.size());
            assertSame(pattern(2 * BLOCK, 1), read(file, offset, 2 * BLOCK));
            assertSame(pattern(BLOCK, 3), read(file, offset + 3 * BLOCK, BLOCK));
            file.truncate(offset + BLOCK);
            assertEquals(offset + BLOCK, file.size());
        }
    }

    /** Takes 3 GiB of disk and some seconds, so only where it is asked for. */
    @Test
    void movesMoreThanTwoGibibytesInOneCall() throws IOException {
        assumeTrue(Boolean.getBoolean("nori.tests.large"), "-Dnori.tests.large=true was not given");
        long bytes = (3L << 30) / 2;
        try (Arena arena = Arena.ofShared();
                LogFile file = storage.create("large")) {
            MemorySegment part = sparse(arena, bytes);
            part.asSlice(0, BLOCK).copyFrom(pattern(BLOCK, 1));
            part.asSlice(bytes - BLOCK).copyFrom(pattern(BLOCK, 2));
            file.write(0, part, part);
            assertEquals(2 * bytes, file.size());
            assertSame(pattern(BLOCK, 2), read(file, bytes - BLOCK, BLOCK));
            assertSame(pattern(BLOCK, 1), read(file, bytes, BLOCK));
            assertSame(pattern(BLOCK, 2), read(file, 2 * bytes - BLOCK, BLOCK));
            MemorySegment whole = sparse(arena, 2 * bytes);
            assertEquals(2 * bytes, file.read(0, whole));
            assertSame(pattern(BLOCK, 2), whole.asSlice(2 * bytes - BLOCK));
            assertSame(pattern(BLOCK, 1), whole.asSlice(bytes, BLOCK));
        }
    }

    private MemorySegment sparse(Arena arena, long bytes) throws IOException {
        Path path = Files.createTempFile(directory, "memory", "");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        } finally {
            Files.delete(path);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedALockThatAnotherProcessHolds(Engine other) throws Exception {
        other.assumeWorksIn(directory);
        try (ChildJvm child = ChildJvm.start("lock", other.name(), directory.toString(), "the child")) {
            assertEquals("locked", child.line());
            for (int i = 0; i < 2; i++) {
                String message = failing(Kind.LOCKED, () -> storage.lock("lock", "the parent"));
                assertTrue(message.contains("the child"), message);
            }
        }
        // kill -9 gave the lock back.
        storage.lock("lock", "the parent").close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsOthersOutEvenAfterASecondOpenInThisProcessWasRefused(Engine other) throws Exception {
        other.assumeWorksIn(directory);
        Storage.Lock lock = storage.lock("lock", "the parent");
        try (Storage second = other.open(directory)) {
            failing(Kind.LOCKED, () -> second.lock("lock", "the second open"));
            assertChildIsRefused(other, "the parent");
        } finally {
            lock.close();
        }
        try (ChildJvm child = ChildJvm.start("lock", other.name(), directory.toString(), "the child")) {
            assertEquals("locked", child.line());
        }
    }

    /**
     * A copy of the library in another class loader, or anything else in this process that has locked the
     * file the way java.nio does, must not lose its lock by our asking.
     */
    @Test
    void doesNotTakeARecordLockAwayFromItsOwnProcess() throws Exception {
        try (FileChannel stranger =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertTrue(stranger.tryLock().isValid());
            failing(Kind.LOCKED, () -> storage.lock("lock", "us"));
            assertChildIsRefused(engine, "");
        }
    }

    private void assertChildIsRefused(Engine engine, String owner) throws Exception {
        try (ChildJvm child = ChildJvm.start("lock", engine.name(), directory.toString(), "the child")) {
            String answer = child.line();
            assertTrue(answer.startsWith("LOCKED") && answer.contains(owner), answer);
        }
    }

    @Test
    void locksADirectoryUnderEachOfItsNames() throws IOException {
        Path link = directory.resolveSibling(directory.getFileName() + "-link");
        Files.createSymbolicLink(link, directory);
        try (Storage.Lock held = storage.lock("lock", "the first");
                Storage second = engine.open(link)) {
            assertNotNull(held);
            failing(Kind.LOCKED, () -> second.lock("lock", "the second"));
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void mapsAgainWhatAKilledProcessHadStored() throws Exception {
        try (ChildJvm child =
                ChildJvm.start("map", engine.name(), directory.toString(), String.valueOf(MAPPED), "11")) {
            assertEquals("stored", child.line());
        }
        try (MappedMemory mapped = storage.map("stage", MAPPED)) {
            assertSame(pattern(MAPPED, 11), mapped.memory());
        }
    }

    /** What a copying tool that knows holes does to a stage. */
    @Test
    void fillsTheHolesOfAFileBeforeItIsMapped() throws IOException {
        try (LogFile file = storage.create("stage")) {
            file.truncate(MAPPED);
            file.write(BLOCK, pattern(BLOCK, 1));
        }
        assumeTrue(allocatedBytes("stage") < MAPPED, "this file system keeps no holes");
        try (MappedMemory mapped = storage.map("stage", MAPPED)) {
            assertSame(zeros(BLOCK), mapped.memory().asSlice(0, BLOCK));
            assertSame(pattern(BLOCK, 1), mapped.memory().asSlice(BLOCK, BLOCK));
            mapped.sync();
        }
        assertTrue(allocatedBytes("stage") >= MAPPED, "allocated " + allocatedBytes("stage"));
    }

    @Test
    void ownsTheBlocksThatItAllocates() throws IOException {
        try (LogFile file = storage.create("allocated")) {
            file.allocate(MAPPED);
            file.sync();
            assertTrue(allocatedBytes("allocated") >= MAPPED, "allocated " + allocatedBytes("allocated"));
        }
    }

    private long allocatedBytes(String name) throws IOException {
        Process stat =
                new ProcessBuilder("stat", "-c", "%b", directory.resolve(name).toString()).start();
        try (BufferedReader answer = stat.inputReader()) {
            return 512 * Long.parseLong(String.valueOf(answer.readLine()));
        }
    }

    @Test
    void takesNoShortWriteForAWholeOne() throws Exception {
        Path prlimit = Path.of("/usr/bin/prlimit");
        assumeTrue(Files.isExecutable(prlimit), "no prlimit (util-linux) here");
        for (String parts : List.of("1", "2", "3")) {
            Files.deleteIfExists(directory.resolve("limited"));
            List<String> limited = List.of(prlimit.toString(), "--fsize=" + 40 * BLOCK);
            try (ChildJvm child = ChildJvm.start(
                    limited, "write", engine.name(), directory.toString(), String.valueOf(48L * BLOCK), parts)) {
                String answer = child.allLines().getLast();
                assertEquals(engine == Engine.NIO ? "OTHER 0" : "OTHER 27", answer);
            }
        }
    }

    @Test
    void givesBackEveryDescriptor() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "no /proc here");
        Files.createDirectory(directory.resolve("folder"));
        useEverything(0);
        long before = entries(descriptors);
        for (int round = 1; round <= 50; round++) useEverything(round);
        assertEquals(before, entries(descriptors), "open descriptors");
    }

    private void useEverything(int round) throws IoFailure {
        String name = "file" + round;
        try (Storage again = engine.open(directory);
                Storage.Lock lock = again.lock("lock", "owner");
                MappedMemory mapped = again.map("stage", MAPPED);
                LogFile file = again.create(name);
                LogFile reader = again.open(name, Access.READ)) {
            file.writeDurably(0, mapped.memory());
            assertEquals(MAPPED, reader.size());
            again.syncDirectory();
            failing(Kind.LOCKED, () -> again.lock("lock", lock.toString()));
            failing(Kind.EXISTS, () -> again.create(name));
            failing(Kind.NOT_FOUND, () -> again.open("missing", Access.WRITE));
            failing(Kind.OTHER, () -> again.open("folder", Access.WRITE));
            failing(Kind.OTHER, () -> again.map("folder", MAPPED));
            failing(Kind.OTHER, () -> again.lock("folder", "owner"));
        }
        failing(Kind.NOT_FOUND, () -> engine.open(directory.resolve("missing")).syncDirectory());
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }
}
