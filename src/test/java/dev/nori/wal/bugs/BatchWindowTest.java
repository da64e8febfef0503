package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.explore.SteppedCrew;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import dev.nori.wal.log.StillWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bug 7: the last burst before a pause stayed unsynced for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchWindowTest {
    private static final long WINDOW_NANOS = Duration.ofMillis(100).toNanos();

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void closesOnAnIdleLog(Setting setting) throws Exception {
        setting.engine().assumeWorksIn(directory);
        try (Wal wal = setting.open(directory)) {
            for (int burst = 0; burst < 5; burst++) {
                Records.append(wal, 0, 10);
                Position end = wal.endPosition();
                while (wal.durablePosition().compareTo(end) < 0) Thread.sleep(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void closesOnALogThatIsNeverIdle(Setting setting) {
        setting.engine().assumeWorksIn(directory);
        try (Wal wal = setting.open(directory)) {
            for (int burst = 0; burst < 5; burst++) {
                Position end = wal.append(Records.numbered(burst));
                while (wal.durablePosition().compareTo(end) <= 0) wal.append(Records.numbered(0));
            }
        }
    }

    @Test
    void closesWhenTheOldestByteIsAsOldAsTheWindowAndNoEarlier() {
        AtomicLong now = new AtomicLong();
        SteppedCrew crew = new SteppedCrew();
        try (Wal wal = open(crew, now, FsyncPolicy.batch(Duration.ofNanos(WINDOW_NANOS)))) {
            for (int round = 0; round < 3; round++) {
                Position durable = wal.durablePosition();
                wal.append(Records.numbered(0));
                crew.step();
                now.addAndGet(WINDOW_NANOS / 2);
                wal.append(Records.numbered(1));
                crew.step();
                now.addAndGet(WINDOW_NANOS / 2 - 1);
                crew.step();
                assertEquals(durable, wal.durablePosition());
                now.addAndGet(1);
                crew.step();
                assertEquals(wal.endPosition(), wal.durablePosition());
            }
        }
    }

    @Test
    void hasNoEndUnderOs() {
        AtomicLong now = new AtomicLong();
        SteppedCrew crew = new SteppedCrew();
        try (Wal wal = open(crew, now, FsyncPolicy.os())) {
            Position durable = wal.durablePosition();
            wal.append(Records.numbered(0));
            for (int i = 0; i < 100; i++) {
                now.addAndGet(Duration.ofHours(1).toNanos());
                crew.step();
            }
            assertEquals(durable, wal.durablePosition());
            wal.sync();
            assertTrue(wal.durablePosition().compareTo(durable) > 0);
        }
    }

    private static Wal open(SteppedCrew crew, AtomicLong now, FsyncPolicy policy) {
        Surroundings world = StillWorld.create();
        return new SimulatedLog()
                .open(
                        SimulatedLog.config(Policy.BATCH).withFsyncPolicy(policy),
                        new Surroundings(
                                crew,
                                now::get,
                                world.millisClock(),
                                world.logId(),
                                world.stageBytes(),
                                world.segmentBytes()));
    }
}
