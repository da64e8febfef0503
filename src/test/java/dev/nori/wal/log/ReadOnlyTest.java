package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import dev.nori.wal.WalView;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log that is only looked at. */
class ReadOnlyTest {
    private static final int LARGE = 40_000;

    @TempDir
    Path home;

    private Path directory() {
        return home.resolve("log");
    }

    private Wal open(FsyncPolicy policy) {
        return Wal.open(directory(), Setting.smallest().withFsyncPolicy(policy));
    }

    private static List<LogEntry> entries(WalView view) {
        List<LogEntry> entries = new ArrayList<>();
        try (WalReader reader = view.readFrom(view.firstPosition())) {
            reader.forEach(entries::add);
        }
        return entries;
    }

    /** Names, sizes, times of change and bytes. */
    private record Sight(Map<String, FileTime> times, Map<String, byte[]> bytes) {
        static Sight of(Path directory) throws Exception {
            Map<String, FileTime> times = new TreeMap<>();
            Map<String, byte[]> bytes = new TreeMap<>();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.toList()) {
                    String name = directory.relativize(file).toString();
                    times.put(name, Files.getLastModifiedTime(file));
                    if (Files.isRegularFile(file)) bytes.put(name, Files.readAllBytes(file));
                }
            }
            return new Sight(times, bytes);
        }

        void assertIs(Sight other) {
            assertEquals(times, other.times);
            bytes.forEach((name, content) -> assertTrue(Arrays.equals(content, other.bytes.get(name)), name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesWhatItsWriterHasAppendedAndMoreAfterARefresh(Policy policy) {
        try (Wal wal = open(policy.fsync())) {
            Records.append(wal, 0, 20);
            try (WalView view = Wal.openReadOnly(directory())) {
                assertEquals(Records.entries(wal), entries(view));
                Records.append(wal, 20, 30);
                assertEquals(20, entries(view).size());
                assertTrue(view.refresh());
                assertEquals(Records.entries(wal), entries(view));
                assertFalse(view.refresh());
                assertEquals(wal.read(25), view.read(25));
                assertEquals(wal.positionOf(7), view.positionOf(7));
                assertEquals(30, view.nextSequence());
            }
        }
    }

    @Test
    void changesNothingBesideAWriterThatStandsStill() throws Exception {
        try (Wal wal = open(FsyncPolicy.os())) {
            for (int i = 0; i < 60; i++) wal.append(Records.sized(i, LARGE));
            wal.setMetadata(MemorySegment.ofArray(new byte[] {7}));
            wal.sync();
            Records.append(wal, 60, 65);
            Sight before = settled();
            try (WalView view = Wal.openReadOnly(directory())) {
                assertEquals(65, entries(view).size());
                assertTrue(view.segments().size() > 1);
                view.refresh();
                assertEquals(1, view.metadata().byteSize());
                view.recovery();
            }
            before.assertIs(Sight.of(directory()));
        }
    }

    /** The housekeeper of the writer may still be at work. */
    private Sight settled() throws Exception {
        Sight last = Sight.of(directory());
        for (int same = 0; same < 10; same++) {
            Thread.sleep(50);
            Sight now = Sight.of(directory());
            if (!now.times.equals(last.times)) same = 0;
            last = now;
        }
        return last;
    }

    @Test
    void seesAllThatAKilledProcessHadAcceptedAndLeavesItWhereItIs() throws Exception {
        Path killed = home.resolve("killed");
        List<LogEntry> entries;
        try (Wal wal = open(FsyncPolicy.os())) {
            Records.append(wal, 0, 50);
            entries = Records.entries(wal);
            Folders.copy(directory(), killed);
        }
        Sight before = Sight.of(killed);
        try (WalView view = Wal.openReadOnly(killed)) {
            assertEquals(entries, entries(view));
        }
        before.assertIs(Sight.of(killed));
        try (Wal wal = Wal.open(killed, Setting.smallest())) {
            assertEquals(entries, Records.entries(wal));
        }
    }

    @Test
    void asksForNoPermissionToWrite() throws Exception {
        try (Wal wal = open(FsyncPolicy.always())) {
            Records.append(wal, 0, 20);
        }
        try (WalView view = dev.nori.wal.assembly.Assembly.openReadOnly(new RefusingStorage(directory()))) {
            assertEquals(20, entries(view).size());
        }
    }

    @Test
    void refusesADirectoryWithoutALogAndDoesNotCreateIt() throws Exception {
        assertThrows(WalException.CannotOpen.class, () -> Wal.openReadOnly(directory()));
        assertFalse(Files.exists(directory()));
        Files.createDirectory(directory());
        assertThrows(WalException.CannotOpen.class, () -> Wal.openReadOnly(directory()));
        try (Stream<Path> files = Files.list(directory())) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void refusesADamagedLog() throws Exception {
        List<LogEntry> entries;
        try (Wal wal = open(FsyncPolicy.always())) {
            Records.append(wal, 0, 20);
            entries = Records.entries(wal);
        }
        Folders.flip(
                Folders.segment(directory(), 0),
                4096 + entries.get(5).position().bytes());
        Sight before = Sight.of(directory());
        WalException.Corrupt told = assertThrows(WalException.Corrupt.class, () -> Wal.openReadOnly(directory()));
        assertEquals(5, told.lost().firstSequence());
        before.assertIs(Sight.of(directory()));
    }

    @Test
    void tellsAReaderThatItsPlaceWasTrimmedAway() {
        try (Wal wal = open(FsyncPolicy.os())) {
            for (int i = 0; i < 80; i++) wal.append(Records.sized(i, LARGE));
            try (WalView view = Wal.openReadOnly(directory())) {
                wal.sync();
                Position end = wal.endPosition();
                wal.truncateBefore(end);
                for (int i = 0; i < 80; i++) wal.append(Records.sized(i, LARGE)); // recycles what was trimmed
                wal.sync();
                WalException.Truncated told = assertThrows(WalException.Truncated.class, () -> entries(view));
                assertEquals(wal.firstPosition(), told.first());
                view.refresh();
                assertEquals(Records.entries(wal, wal.firstPosition()), entries(view));
            }
        }
    }

    @Test
    void showsAnEmptyLogAfterAReset() {
        try (Wal wal = open(FsyncPolicy.os())) {
            Records.append(wal, 0, 20);
            wal.reset(500);
            try (WalView view = Wal.openReadOnly(directory())) {
                assertEquals(500, view.nextSequence());
                assertEquals(List.of(), entries(view));
            }
        }
    }

    /** A prefix, whole, at every moment, however the writer rolls, trims and syncs meanwhile. */
    @Test
    void seesAPrefixAtEveryMomentBesideABusyWriter() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean enough = new AtomicBoolean();
        try (Wal wal = open(FsyncPolicy.batch(java.time.Duration.ofMillis(1)))) {
            wal.append(WalRecord.put(Records.key(0), new byte[10]));
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 1; !enough.get() || i < 500; i++)
                        wal.append(WalRecord.put(Records.key(i), new byte[i % 7000]));
                } catch (Throwable t) {
                    failure.set(t);
                }
            });
            long seen = 0;
            int looks = 0;
            try (WalView view = Wal.openReadOnly(directory())) {
                while (looks < 12) {
                    view.refresh();
                    List<LogEntry> entries = entries(view);
                    assertEquals(view.nextSequence(), entries.size());
                    assertTrue(entries.size() >= seen, "it saw more before");
                    seen = entries.size();
                    LogEntry last = entries.getLast();
                    assertTrue(Arrays.equals(
                            Records.key((int) last.sequence()), last.record().keyBytes()));
                    looks++;
                }
                enough.set(true);
                writer.join();
                view.refresh();
                assertEquals(wal.nextSequence(), view.nextSequence());
            }
            assertNull(failure.get());
        }
    }
}
