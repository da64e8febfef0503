package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.explore.SteppedCrew;
import dev.nori.wal.io.contract.SmallDisk;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import dev.nori.wal.log.StillWorld;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bug 12: space was promised that was not there, and a full disk was noticed when it was too late. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskTest {
    private static final int VALUE_BYTES = 10_000;

    private final SimulatedLog log = new SimulatedLog();

    @TempDir
    Path home;

    /** With preallocation and without. */
    enum Space {
        OWNED,
        IN_STEPS;

        WalConfig in(WalConfig config) {
            return switch (this) {
                case OWNED -> config.withPreallocation();
                case IN_STEPS -> config.withoutPreallocation();
            };
        }
    }

    /** Appends until the disk is full and answers how many were taken. */
    private static int fill(Wal wal, int from) {
        int count = from;
        try {
            while (count < 100_000) wal.append(Records.sized(count++, VALUE_BYTES));
        } catch (WalException.Full e) {
            return count - 1;
        }
        throw new AssertionError("never full");
    }

    private static void assertHolds(Wal wal, int count) {
        var entries = Records.entries(wal);
        Records.assertConsistent(entries, 0);
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(Records.sized(i, VALUE_BYTES), entries.get(i).record());
        }
        assertEquals(count, entries.size());
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheAppendWholeAndTakesItOnceThereIsSpace(Space space) {
        for (Policy policy : Policy.values()) {
            int count;
            try (Wal wal = log.open(policy, space::in)) {
                int before = Records.entries(wal).size();
                log.storage().inject(Fault.full(Call.ALLOCATE).fromThenOn());
                count = fill(wal, before);
                Position end = wal.endPosition();
                for (int i = 0; i < 3; i++) {
                    assertThrows(WalException.Full.class, () -> wal.append(Records.sized(-1, VALUE_BYTES)));
                    assertThrows(WalException.Full.class, () -> wal.appendAsync(Records.sized(-1, VALUE_BYTES)));
                    assertThrows(
                            WalException.Full.class,
                            () -> wal.appendBatch(List.of(Records.numbered(1), Records.sized(-1, VALUE_BYTES))));
                }
                assertEquals(end, wal.endPosition());
                wal.sync();
                assertHolds(wal, count);
                log.storage().heal();
                for (int i = 0; i < 150; i++) wal.append(Records.sized(count++, VALUE_BYTES));
                assertHolds(wal, count);
            }
            try (Wal wal = log.open(policy, space::in)) {
                assertHolds(wal, count);
            }
        }
    }

    /** What the log found out by itself while nobody appended is no answer to an append that comes later. */
    @ParameterizedTest
    @EnumSource
    void isAskedAnewForEachAppend(Space space) {
        SteppedCrew crew = new SteppedCrew();
        Surroundings still = StillWorld.create();
        Surroundings world = new Surroundings(
                crew, still.nanoClock(), still.millisClock(), still.logId(), still.stageBytes(), still.segmentBytes());
        try (Wal wal = log.open(space.in(SimulatedLog.config(Policy.BATCH)), world)) {
            log.storage().inject(Fault.full(Call.ALLOCATE).fromThenOn());
            int count = fill(wal, 0);
            crew.settle();
            log.storage().heal();
            for (int i = 0; i < 150; i++) wal.append(Records.sized(count++, VALUE_BYTES));
            assertHolds(wal, count);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stillTakesWhatFits(Space space) {
        try (Wal wal = log.open(Policy.BATCH, space::in)) {
            log.storage().inject(Fault.full(Call.ALLOCATE).fromThenOn());
            int count = fill(wal, 0);
            for (int i = 0; i < 5; i++) wal.append(Records.numbered(i));
            assertEquals(count + 5, Records.entries(wal).size());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void isNoticedWhenTheLogIsOpened(Setting setting) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(SmallDisk.Type.TMPFS, home)) {
            setting.engine().assumeWorksIn(disk.directory());
            Path directory = disk.directory().resolve("log");
            WalConfig tooLarge = setting.config().withMaxSegmentBytes(64 << 20);
            assertThrows(
                    WalException.Full.class, () -> Wal.open(directory, tooLarge).close());
            try (Wal wal = setting.open(directory)) {
                Records.append(wal, 0, 10);
                Records.assertHolds(wal, 10);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void isAStateThatEndsWhenThereIsSpaceAgain(Setting setting) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(SmallDisk.Type.TMPFS, home)) {
            setting.engine().assumeWorksIn(disk.directory());
            Path directory = disk.directory().resolve("log");
            Path other = disk.directory().resolve("other");
            int count = 0;
            for (Space space : Space.values()) {
                try (Wal wal = Wal.open(directory, space.in(setting.config()))) {
                    fill(other);
                    count = fill(wal, count);
                    wal.sync();
                    assertHolds(wal, count);
                    Files.delete(other);
                    for (int i = 0; i < 20; i++) wal.append(Records.sized(count++, VALUE_BYTES));
                    assertHolds(wal, count);
                }
            }
            try (Wal wal = setting.open(directory)) {
                assertHolds(wal, count);
                assertTrue(count > 200, () -> count(directory));
            }
        }
    }

    private static String count(Path directory) {
        return "few records fitted into " + directory;
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream junk = Files.newOutputStream(file)) {
            while (true) junk.write(new byte[4096]);
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("space"), e.toString());
        }
    }
}
