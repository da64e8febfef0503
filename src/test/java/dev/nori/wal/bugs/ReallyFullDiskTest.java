package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.io.contract.SmallDisk;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file system that has not a block left is a state of the log, not its end: what still works then, and how it goes on. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReallyFullDiskTest {
    private static final int VALUE_BYTES = 10_000;
    private static final int SOME_SEGMENTS = 330; // three and a bit

    @TempDir
    Path home;

    /** A file system, an engine, and whether space is taken ahead. */
    record Place(SmallDisk.Type type, Engine engine, FullDiskTest.Space space) {
        WalConfig config() {
            return space.in(new Setting(engine, Policy.BATCH).config());
        }
    }

    static Stream<Place> places() {
        return Stream.of(SmallDisk.Type.TMPFS, SmallDisk.Type.EXT4, SmallDisk.Type.XFS)
                .flatMap(type -> Arrays.stream(Engine.values())
                        .flatMap(engine -> Arrays.stream(FullDiskTest.Space.values())
                                .map(space -> new Place(type, engine, space))));
    }

    @ParameterizedTest
    @MethodSource("places")
    void leavesEverythingUsableButAppends(Place place) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(place.type(), home)) {
            place.engine().assumeWorksIn(disk.directory());
            Path directory = disk.directory().resolve("log");
            Path neighbour = disk.directory().resolve("neighbour");
            int count = fill(directory, neighbour, place.config());
            count = goOnAfterTrimming(directory, place.config(), count);
            goOnAfterTheNeighbour(directory, neighbour, place.config(), count);
        }
    }

    private static int fill(Path directory, Path neighbour, WalConfig config) throws IOException {
        int count = 0;
        try (Wal wal = Wal.open(directory, config)) {
            while (count < SOME_SEGMENTS) wal.append(Records.sized(count++, VALUE_BYTES));
            wal.sync();
            takeAllThatIsLeft(neighbour);
            count = appendUntilFull(wal, directory, count);
            wal.sync();
            assertEquals(wal.endPosition(), wal.durablePosition());
            assertHolds(wal, 0, count);
            wal.setMetadata(MemorySegment.ofArray(new byte[] {1, 2, 3}));
            wal.checkpoint(wal.endPosition(), MemorySegment.ofArray(new byte[] {4}));
            assertThrows(WalException.Full.class, () -> wal.reset(7));
            assertHolds(wal, 0, count);
        }
        return count;
    }

    /** The disk is full still: the log opens, tells all, and can be trimmed, which gives it space. */
    private static int goOnAfterTrimming(Path directory, WalConfig config, int count) {
        int next = count;
        try (Wal wal = Wal.open(directory, config)) {
            assertEquals(next, wal.recovery().nextSequence());
            assertEquals(3, wal.metadata().byteSize());
            assertEquals(1, wal.lastCheckpoint().orElseThrow().data().byteSize());
            assertHolds(wal, 0, next);
            next = appendUntilFull(wal, directory, next);
            wal.truncateAfter(wal.positionOf(--next)); // the last record
            assertHolds(wal, 0, next);
            next = appendUntilFull(wal, directory, next);
            assertTrue(wal.truncateBefore(wal.endPosition()).compareTo(Position.START) > 0);
            int first = (int) wal.firstSequence();
            assertTrue(first >= 200, () -> "begins at " + first);
            for (int i = 0; i < 100; i++) wal.append(Records.sized(next++, VALUE_BYTES));
            assertHolds(wal, first, next);
        }
        return next;
    }

    private static void goOnAfterTheNeighbour(Path directory, Path neighbour, WalConfig config, int count)
            throws IOException {
        int next = count;
        try (Wal wal = Wal.open(directory, config)) {
            int first = (int) wal.firstSequence();
            next = appendUntilFull(wal, directory, next);
            Files.delete(neighbour);
            for (int i = 0; i < 200; i++) wal.append(Records.sized(next++, VALUE_BYTES));
            assertHolds(wal, first, next);
            wal.reset(1000);
            wal.append(Records.sized(1000, VALUE_BYTES));
            assertHolds(wal, 1000, 1001);
        }
        try (Wal wal = Wal.open(directory, config)) {
            assertHolds(wal, 1000, 1001);
        }
    }

    /** Answers how many there are then; the refusal says what is wrong, and changes nothing. */
    private static int appendUntilFull(Wal wal, Path directory, int from) {
        int count = from;
        while (count < 100_000) {
            Position end = wal.endPosition();
            try {
                wal.append(Records.sized(count, VALUE_BYTES));
                count++;
            } catch (WalException.Full full) {
                assertEquals(end, wal.endPosition());
                assertSays(directory, full);
                return count;
            }
        }
        throw new AssertionError("never full");
    }

    private static void assertSays(Path directory, WalException.Full full) {
        String message = String.valueOf(full.getMessage());
        assertTrue(message.contains(directory.toString()), message);
        assertTrue(0 < full.bytesNeeded() && full.bytesNeeded() <= WalConfig.MIN_SEGMENT_BYTES, message);
        // A file system needs some blocks for itself, to say where the others are.
        assertTrue(0 <= full.bytesFree() && full.bytesFree() < full.bytesNeeded() + (64 << 10), message);
    }

    private static void assertHolds(Wal wal, int from, int to) {
        List<LogEntry> entries = Records.entries(wal, wal.firstPosition());
        assertEquals(to - from, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(from + i, entries.get(i).sequence());
            assertEquals(Records.sized(from + i, VALUE_BYTES), entries.get(i).record());
        }
    }

    private static void takeAllThatIsLeft(Path file) throws IOException {
        try (OutputStream junk = Files.newOutputStream(file)) {
            write(junk, 1 << 20);
            write(junk, 4096);
        }
    }

    private static void write(OutputStream junk, int bytes) {
        try {
            while (true) junk.write(new byte[bytes]);
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("space"), e.toString());
        }
    }
}
