package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.log.Folders;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bug 10: damage in the middle deleted everything behind it. */
class DamageInTheMiddleTest {
    private static final int BLOCK = 4096;

    private final Setting setting = new Setting(Engine.NIO, Policy.ALWAYS);

    @TempDir
    Path home;

    private Path write(Policy policy, int records, int valueBytes) {
        Path directory = home.resolve("log");
        try (Wal wal = new Setting(Engine.NIO, policy).open(directory)) {
            for (int i = 0; i < records; i++) wal.append(Records.sized(i, valueBytes));
        }
        return directory;
    }

    private void assertRefuses(Path directory, String what) throws Exception {
        Map<String, byte[]> before = Folders.contents(directory);
        try (Wal wal = setting.open(directory)) {
            fail(what + ": opened, " + wal.recovery());
        } catch (WalException.Corrupt e) {
            assertTrue(String.valueOf(e.getMessage()).contains(directory.toString()), e.getMessage());
        }
        Folders.assertUntouched(before, directory);
    }

    /** Once with the stage, as a killed process leaves it, and once without, as after a restore. */
    @ParameterizedTest
    @EnumSource
    void refusesToOpenAndDeletesNothing(Policy policy) throws Exception {
        Path directory = write(policy, 20, 100);
        Path segment = Folders.segment(directory, 0);
        List<LogEntry> entries;
        try (Wal wal = setting.open(directory)) {
            entries = Records.entries(wal);
        }
        for (int round = 0; round < 2; round++) {
            for (long at = entries.getFirst().position().bytes();
                    at < entries.getLast().next().bytes();
                    at += 149) {
                Folders.flip(segment, BLOCK + at);
                assertRefuses(directory, "a bit of the byte at position " + at);
                Folders.flip(segment, BLOCK + at);
            }
            try (Wal wal = setting.open(directory)) {
                assertEquals(entries, Records.entries(wal));
            }
            Files.delete(directory.resolve("STAGE"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 20, 40, 85})
    void refusesToOpenWhereTheFirstHeaderIsDamaged(int at) throws Exception {
        for (boolean stage : new boolean[] {true, false}) {
            Path directory = home.resolve("log");
            try (Wal wal = setting.open(directory)) {
                Records.append(wal, 0, 20);
            }
            if (!stage) Files.delete(directory.resolve("STAGE"));
            Folders.flip(Folders.segment(directory, 0), at);
            Map<String, byte[]> before = Folders.contents(directory);
            assertThrows(WalException.class, () -> setting.open(directory).close());
            if (!stage) before.remove("STAGE");
            Map<String, byte[]> after = Folders.contents(directory);
            before.forEach((name, bytes) -> assertTrue(java.util.Arrays.equals(bytes, after.get(name)), name));
            Folders.flip(Folders.segment(directory, 0), at);
        }
    }

    @Test
    void refusesToOpenWhereTheLastHeaderIsDamaged() throws Exception {
        for (boolean stage : new boolean[] {true, false}) {
            Path directory = home.resolve("log" + stage);
            try (Wal wal = setting.open(directory)) {
                for (int i = 0; i < 60; i++) wal.append(Records.sized(i, 50_000));
            }
            if (!stage) Files.delete(directory.resolve("STAGE"));
            long last = lastBegun(directory);
            Folders.flip(Folders.segment(directory, last), 30);
            assertThrows(
                    WalException.Corrupt.class, () -> setting.open(directory).close(), "stage: " + stage);
            Folders.flip(Folders.segment(directory, last), 30);
            try (Wal wal = setting.open(directory)) {
                assertEquals(60, Records.entries(wal).size());
            }
        }
    }

    private static long lastBegun(Path directory) throws Exception {
        long last = -1;
        for (long id = 0; Files.exists(Folders.segment(directory, id)); id++) {
            if (Files.readAllBytes(Folders.segment(directory, id))[0] != 0) last = id;
        }
        return last;
    }

    @Test
    void refusesToOpenWhereASegmentIsMissing() throws Exception {
        Path directory = write(Policy.ALWAYS, 80, 50_000);
        Path elsewhere = home.resolve("elsewhere");
        for (long id = 1; id <= lastBegun(directory); id++) {
            Path segment = Folders.segment(directory, id);
            Files.move(segment, elsewhere);
            assertRefuses(directory, segment + " is gone");
            Files.move(elsewhere, segment);
        }
        try (Wal wal = setting.open(directory)) {
            assertEquals(80, Records.entries(wal).size());
        }
    }

    @Test
    void isToldToTheReaderWhereTheSegmentIsSealed() throws Exception {
        Path directory = write(Policy.ALWAYS, 80, 50_000);
        Position damaged;
        try (Wal wal = setting.open(directory)) {
            damaged = Records.entries(wal).get(5).position();
        }
        Folders.flip(Folders.segment(directory, 0), BLOCK + damaged.bytes() + 1000);
        Map<String, byte[]> before = Folders.contents(directory);
        for (int round = 0; round < 2; round++) {
            try (Wal wal = setting.open(directory);
                    WalReader reader = wal.readFrom(Position.START)) {
                for (int i = 0; i < 5; i++)
                    assertEquals(
                            Records.sized(i, 50_000), reader.iterator().next().record());
                for (int i = 0; i < 2; i++) {
                    WalException.Corrupt told = assertThrows(WalException.Corrupt.class, reader::poll);
                    assertEquals(0, told.segment());
                    assertEquals(BLOCK + damaged.bytes(), told.offsetBytes());
                    assertEquals(damaged, reader.position());
                }
            }
        }
        Map<String, byte[]> after = Folders.contents(directory);
        assertTrue(java.util.Arrays.equals(
                before.get(Folders.segment(directory, 0).getFileName().toString()),
                after.get(Folders.segment(directory, 0).getFileName().toString())));
        assertTrue(after.keySet().containsAll(before.keySet()));
    }

    @Test
    void costsNothingBehindADamagedFooter() throws Exception {
        Path directory = write(Policy.ALWAYS, 80, 50_000);
        for (long id = 0; id < lastBegun(directory); id++) {
            Folders.flip(Folders.segment(directory, id), WalConfig.MIN_SEGMENT_BYTES - 10);
        }
        try (Wal wal = setting.open(directory)) {
            assertEquals(80, wal.recovery().records());
            assertEquals(80, Records.entries(wal).size());
        }
    }
}
