package dev.nori.wal.io.contract;

import static dev.nori.wal.io.contract.Failures.failing;
import static dev.nori.wal.io.contract.Failures.refused;
import static dev.nori.wal.io.contract.Memory.BLOCK;
import static dev.nori.wal.io.contract.Memory.assertSame;
import static dev.nori.wal.io.contract.Memory.pattern;
import static dev.nori.wal.io.contract.Memory.read;
import static dev.nori.wal.io.contract.Memory.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.Storage.Access;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An open file, of whatever engine. */
public abstract class LogFileContract {
    private Storage storage;
    private LogFile file;

    /** A directory with nothing in it. */
    protected abstract Reopening freshDirectory() throws Exception;

    @BeforeEach
    void createAFile() throws Exception {
        storage = freshDirectory().open();
        file = storage.create("file");
    }

    @AfterEach
    void closeEverything() {
        file.close();
        storage.close();
    }

    @Test
    void knowsItsName() {
        assertEquals("file", file.name());
    }

    @Test
    void isEmptyWhenCreated() throws IoFailure {
        assertEquals(0, file.size());
    }

    @Test
    void wantsAnAlignmentThatABlockHas() throws IoFailure {
        assertTrue(file.alignment() >= 1 && BLOCK % file.alignment() == 0, "alignment " + file.alignment());
        try (LogFile reader = reader()) {
            assertEquals(1, reader.alignment());
        }
    }

    @Test
    void readsBackWhatWasWritten() throws IoFailure {
        MemorySegment data = pattern(3 * BLOCK, 1);
        file.write(0, data);
        assertSame(data, read(file, 0, 3 * BLOCK));
    }

    @Test
    void readsBackWhatWasWrittenDurably() throws IoFailure {
        MemorySegment data = pattern(3 * BLOCK, 2);
        file.writeDurably(BLOCK, data);
        assertSame(data, read(file, BLOCK, 3 * BLOCK));
        assertEquals(4 * BLOCK, file.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void writesItsPartsOneAfterTheOther(int parts) throws IoFailure {
        file.write(BLOCK, parts(parts));
        assertParts(parts);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void writesItsPartsDurablyOneAfterTheOther(int parts) throws IoFailure {
        file.writeDurably(BLOCK, parts(parts));
        assertParts(parts);
    }

    /** Part i has i + 1 blocks. */
    private static MemorySegment[] parts(int count) {
        MemorySegment[] parts = new MemorySegment[count];
        for (int i = 0; i < count; i++) parts[i] = pattern((i + 1L) * BLOCK, i);
        return parts;
    }

    private void assertParts(int count) throws IoFailure {
        long at = BLOCK;
        for (MemorySegment part : parts(count)) {
            assertSame(part, read(file, at, part.byteSize()));
            at += part.byteSize();
        }
        assertEquals(at, file.size());
    }

    @Test
    void takesPartsWithoutBytes() throws IoFailure {
        MemorySegment empty = pattern(BLOCK, 0).asSlice(0, 0);
        MemorySegment data = pattern(BLOCK, 1);
        file.write(0, empty, data, empty);
        file.writeDurably(BLOCK, empty, empty, data);
        file.write(2 * BLOCK, empty);
        assertSame(data, read(file, 0, BLOCK));
        assertSame(data, read(file, BLOCK, BLOCK));
        assertEquals(2 * BLOCK, file.size());
    }

    @Test
    void refusesNoPartsAndMoreThanFour() {
        MemorySegment part = pattern(BLOCK, 0);
        refused(() -> file.write(0));
        refused(() -> file.writeDurably(0));
        refused(() -> file.write(0, part, part, part, part, part));
        refused(() -> file.writeDurably(0, part, part, part, part, part));
    }

    @Test
    void takesMemoryThatOnlyItsThreadMayTouch() throws IoFailure {
        long bytes = 20 * BLOCK;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(bytes, BLOCK).copyFrom(pattern(bytes, 3));
            file.write(0, data);
            file.writeDurably(bytes, data, data);
            MemorySegment back = arena.allocate(bytes, BLOCK);
            assertEquals(bytes, file.read(2 * bytes, back));
            assertSame(data, back);
        }
    }

    @Test
    void refusesMemoryOnTheHeap() {
        MemorySegment heap = MemorySegment.ofArray(new byte[BLOCK]);
        refused(() -> file.write(0, heap));
        refused(() -> file.writeDurably(0, pattern(BLOCK, 0), heap));
        refused(() -> file.read(0, heap));
    }

    @Test
    void overwritesInPlaceAndKeepsTheRest() throws IoFailure {
        file.write(0, pattern(4 * BLOCK, 1));
        file.write(BLOCK, pattern(BLOCK, 2));
        assertSame(pattern(4 * BLOCK, 1).asSlice(0, BLOCK), read(file, 0, BLOCK));
        assertSame(pattern(BLOCK, 2), read(file, BLOCK, BLOCK));
        assertSame(pattern(4 * BLOCK, 1).asSlice(2 * BLOCK), read(file, 2 * BLOCK, 2 * BLOCK));
        assertEquals(4 * BLOCK, file.size());
    }

    @Test
    void hasZerosBetweenItsOldEndAndAWriteFurtherOut() throws IoFailure {
        file.write(0, pattern(BLOCK, 1));
        file.write(5 * BLOCK, pattern(BLOCK, 2));
        assertEquals(6 * BLOCK, file.size());
        assertSame(zeros(4 * BLOCK), read(file, BLOCK, 4 * BLOCK));
    }

    @Test
    void readsWhatThereIsBeforeItsEnd() throws IoFailure {
        file.write(0, pattern(3 * BLOCK, 1));
        MemorySegment into = zeros(8 * BLOCK);
        assertEquals(2 * BLOCK, file.read(BLOCK, into));
        assertSame(pattern(3 * BLOCK, 1).asSlice(BLOCK), into.asSlice(0, 2 * BLOCK));
    }

    @Test
    void readsWhatThereIsBeforeAnEndWithinABlock() throws IoFailure {
        file.write(0, pattern(2 * BLOCK, 1));
        file.truncate(BLOCK + 100);
        MemorySegment into = zeros(2 * BLOCK);
        assertEquals(BLOCK + 100, file.read(0, into));
        assertSame(pattern(BLOCK + 100, 1), into.asSlice(0, BLOCK + 100));
    }

    @Test
    void readsNothingPastItsEnd() throws IoFailure {
        file.write(0, pattern(BLOCK, 1));
        assertEquals(0, file.read(BLOCK, zeros(BLOCK)));
        assertEquals(0, file.read(100 * BLOCK, zeros(BLOCK)));
        assertEquals(0, file.read(0, zeros(BLOCK).asSlice(0, 0)));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "17, 5000", "4095, 2", "8191, 1", "100, 8092"})
    void readsAnyOffsetAndLengthThroughAHandleForReading(int offset, int length) throws IoFailure {
        MemorySegment data = pattern(2 * BLOCK, 7);
        file.write(0, data);
        try (LogFile reader = reader()) {
            MemorySegment into = zeros(length + 1).asSlice(1);
            assertEquals(length, reader.read(offset, into));
            assertSame(data.asSlice(offset, length), into);
        }
    }

    @Test
    void showsEveryWriteAtOnceToAHandleForReading() throws IoFailure {
        try (LogFile reader = reader()) {
            for (int i = 0; i < 50; i++) {
                file.write((i % 3) * (long) BLOCK, pattern(BLOCK, i));
                assertSame(pattern(BLOCK, i), read(reader, (i % 3) * (long) BLOCK, BLOCK));
            }
        }
    }

    @Test
    void refusesToBeChangedThroughAHandleForReading() throws IoFailure {
        file.write(0, pattern(BLOCK, 1));
        try (LogFile reader = reader()) {
            refused(() -> reader.write(0, pattern(BLOCK, 2)));
            refused(() -> reader.writeDurably(0, pattern(BLOCK, 2)));
            refused(() -> reader.allocate(BLOCK));
            refused(() -> reader.truncate(0));
        }
        assertSame(pattern(BLOCK, 1), read(file, 0, BLOCK));
    }

    @Test
    void refusesNegativeOffsetsAndSizes() {
        refused(() -> file.write(-BLOCK, pattern(BLOCK, 1)));
        refused(() -> file.writeDurably(-BLOCK, pattern(BLOCK, 1)));
        refused(() -> file.read(-BLOCK, zeros(BLOCK)));
        refused(() -> file.allocate(-BLOCK));
        refused(() -> file.truncate(-BLOCK));
    }

    @Test
    void refusesWhatItsAlignmentForbids() throws IoFailure {
        assumeTrue(file.alignment() > 1, "this engine takes any alignment");
        int half = file.alignment() / 2;
        MemorySegment data = pattern(2 * BLOCK, 1);
        refused(() -> file.write(half, data));
        refused(() -> file.write(0, data.asSlice(0, BLOCK + half)));
        refused(() -> file.write(0, data.asSlice(half, BLOCK)));
        refused(() -> file.write(0, data, data.asSlice(half, BLOCK)));
        refused(() -> file.writeDurably(half, data));
        refused(() -> file.writeDurably(0, data.asSlice(0, BLOCK + half)));
        refused(() -> file.read(half, data));
        refused(() -> file.read(0, data.asSlice(half, BLOCK)));
        refused(() -> file.read(0, data.asSlice(0, BLOCK + half)));
        assertEquals(0, file.size());
    }

    @Test
    void allocatesZeros() throws IoFailure {
        file.allocate(100 * BLOCK);
        assertEquals(100 * BLOCK, file.size());
        assertSame(zeros(100 * BLOCK), read(file, 0, 100 * BLOCK));
    }

    @Test
    void keepsItsContentWhenItAllocates() throws IoFailure {
        file.write(0, pattern(2 * BLOCK, 1));
        file.allocate(10 * BLOCK);
        assertSame(pattern(2 * BLOCK, 1), read(file, 0, 2 * BLOCK));
        assertSame(zeros(8 * BLOCK), read(file, 2 * BLOCK, 8 * BLOCK));
    }

    @Test
    void doesNotShrinkWhenItAllocates() throws IoFailure {
        file.write(0, pattern(2 * BLOCK, 1));
        file.allocate(BLOCK);
        file.allocate(0);
        assertEquals(2 * BLOCK, file.size());
        assertSame(pattern(2 * BLOCK, 1), read(file, 0, 2 * BLOCK));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 4096", "100, 5000", "4096, 4097", "5000, 300001"})
    void allocatesSizesOfAnyKind(long from, long to) throws IoFailure {
        file.truncate(from);
        file.allocate(to);
        assertEquals(to, file.size());
        try (LogFile reader = reader()) {
            assertSame(zeros(to), read(reader, 0, to));
        }
    }

    @Test
    void losesWhatIsCutOff() throws IoFailure {
        file.write(0, pattern(4 * BLOCK, 1));
        file.truncate(BLOCK + 10);
        assertEquals(BLOCK + 10, file.size());
        file.truncate(4 * BLOCK);
        try (LogFile reader = reader()) {
            assertSame(pattern(BLOCK + 10, 1), read(reader, 0, BLOCK + 10));
            assertSame(zeros(3 * BLOCK - 10), read(reader, BLOCK + 10, 3 * BLOCK - 10));
        }
    }

    @Test
    void canBeEmptiedAndFilledAgain() throws IoFailure {
        file.write(0, pattern(4 * BLOCK, 1));
        file.truncate(0);
        assertEquals(0, file.size());
        assertEquals(0, file.read(0, zeros(BLOCK)));
        file.write(BLOCK, pattern(BLOCK, 2));
        assertSame(zeros(BLOCK), read(file, 0, BLOCK));
    }

    @Test
    void syncsAgainAndAgain() throws IoFailure {
        file.sync();
        file.write(0, pattern(BLOCK, 1));
        file.sync();
        file.sync();
        try (LogFile reader = reader()) {
            reader.sync();
        }
    }

    @Test
    void fallsSilentWhenItIsClosed() throws IoFailure {
        file.write(0, pattern(BLOCK, 1));
        file.close();
        file.close();
        List<String> messages = List.of(
                failing(Kind.OTHER, () -> file.size()),
                failing(Kind.OTHER, () -> file.write(0, pattern(BLOCK, 1))),
                failing(Kind.OTHER, () -> file.writeDurably(0, pattern(BLOCK, 1))),
                failing(Kind.OTHER, () -> file.sync()),
                failing(Kind.OTHER, () -> file.read(0, zeros(BLOCK))),
                failing(Kind.OTHER, () -> file.allocate(BLOCK)),
                failing(Kind.OTHER, () -> file.truncate(0)));
        for (String message : messages) assertTrue(message.contains("closed"), message);
    }

    @Test
    void ignoresThatItsThreadIsInterruptedAndLeavesItSo() throws IoFailure {
        Thread.currentThread().interrupt();
        try {
            file.allocate(4 * BLOCK);
            file.write(0, pattern(BLOCK, 1));
            file.writeDurably(BLOCK, pattern(BLOCK, 2), pattern(BLOCK, 3));
            file.sync();
            assertSame(pattern(BLOCK, 1), read(file, 0, BLOCK));
            file.truncate(2 * BLOCK);
            assertEquals(2 * BLOCK, file.size());
            assertTrue(Thread.currentThread().isInterrupted(), "the interrupt is still there");
        } finally {
            Thread.interrupted();
        }
        assertSame(pattern(BLOCK, 2), read(file, BLOCK, BLOCK));
    }

    @Test
    void isNotHarmedByInterruptsThatComeAtAnyMoment() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> workers = new ArrayList<>();
        List<Future<?>> results = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(2, body -> {
            Thread worker = new Thread(body);
            workers.add(worker);
            return worker;
        });
        try {
            for (int i = 0; i < 2; i++) results.add(pool.submit(hammer(i, 400)));
            Thread pest = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    List.copyOf(workers).forEach(Thread::interrupt);
                    Thread.onSpinWait();
                }
            });
            for (Future<?> result : results) result.get();
            done.set(true);
            pest.join();
        } finally {
            done.set(true);
            pool.shutdownNow();
        }
        assertEquals(2 * 8 * BLOCK, file.size());
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) results.add(pool.submit(hammer(i, 100)));
            for (Future<?> result : results) result.get();
        }
        assertEquals(8 * 8 * BLOCK, file.size());
    }

    @Test
    void servesVirtualThreads() throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) results.add(pool.submit(hammer(i, 50)));
            for (Future<?> result : results) result.get();
        }
        assertEquals(8 * 8 * BLOCK, file.size());
    }

    /** Writes and reads eight blocks that belong to this worker alone. */
    private Callable<?> hammer(int worker, int rounds) {
        return () -> {
            long first = worker * 8L * BLOCK;
            file.write(first + 7 * BLOCK, pattern(BLOCK, 0));
            MemorySegment into = zeros(BLOCK);
            for (int round = 0; round < rounds; round++) {
                long at = first + (round % 8) * (long) BLOCK;
                MemorySegment data = pattern(BLOCK, worker * 1000 + round);
                if (round % 16 == 0) file.writeDurably(at, data);
                else file.write(at, data);
                if (round % 32 == 0) file.sync();
                assertEquals(BLOCK, file.read(at, into));
                assertSame(data, into);
            }
            return null;
        };
    }

    @Test
    void endsCallsThatAreUnderWayWhenItIsClosed() throws Exception {
        for (int round = 0; round < 50; round++) {
            LogFile victim = storage.create("victim" + round);
            LogFile bystander = storage.create("bystander" + round);
            Thread writer = Thread.ofPlatform().start(() -> writeUntilClosed(victim));
            Thread.sleep(0, 100_000);
            victim.close();
            // Takes the number that the victim gave back; nothing of the victim's may land in it.
            try (LogFile next = storage.create("next" + round)) {
                writer.join();
                assertEquals(0, next.size());
            }
            bystander.close();
        }
    }

    private static void writeUntilClosed(LogFile victim) {
        MemorySegment data = pattern(BLOCK, 1);
        try {
            while (true) victim.write(0, data);
        } catch (IoFailure e) {
            assertTrue(String.valueOf(e.getMessage()).contains("closed"), e::toString);
        }
    }

    private LogFile reader() throws IoFailure {
        return storage.open("file", Access.READ);
    }
}
