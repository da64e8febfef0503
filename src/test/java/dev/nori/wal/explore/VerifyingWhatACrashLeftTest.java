package dev.nori.wal.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.VerifyOptions;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.WalException;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.CrashPoint;
import dev.nori.wal.io.sim.CrashStates;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.io.sim.SimOptions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a crash may leave is no damage, at any moment of any script. */
class VerifyingWhatACrashLeftTest {
    private static final int STATES_PER_MOMENT = 2;
    private static final int RANDOM_SCRIPTS = 12;
    private static final VerifyOptions ALONE = VerifyOptions.defaults().withParallelism(1);

    private int states;

    static Stream<FsyncPolicy> policies() {
        return EveryCrashOfASmallLogTest.policies();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void findsNothingWhileTheLogGrowsAndIsReopened(FsyncPolicy policy) {
        assertSound(
                Script.of(
                        policy,
                        new Step.Append(9000),
                        new Step.Append(9000),
                        new Step.Batch(3, 200),
                        new Step.Append(9000),
                        new Step.Append(9000),
                        new Step.Append(9000),
                        new Step.Sync(),
                        new Step.KillAndReopen(),
                        new Step.Append(9000),
                        new Step.Reopen(),
                        new Step.Append(300)),
                SimOptions.defaults(),
                1);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void findsNothingWhileItIsTrimmedCutAndReset(FsyncPolicy policy) {
        assertSound(
                Script.of(
                        policy,
                        new Step.Append(9000),
                        new Step.Append(9000),
                        new Step.Append(9000),
                        new Step.Append(9000),
                        new Step.Append(9000),
                        new Step.Append(9000),
                        new Step.Sync(),
                        new Step.TruncateBefore(1),
                        new Step.Append(9000),
                        new Step.TruncateAfter(5),
                        new Step.Append(9000),
                        new Step.SetMetadata(9000),
                        new Step.Reset(),
                        new Step.Append(100),
                        new Step.KillAndReopen(),
                        new Step.Append(100)),
                SimOptions.defaults().withMode(IoMode.DIRECT),
                2);
    }

    @Test
    void findsNothingInRandomScripts() {
        long seed = Long.getLong("nori.seed", System.nanoTime());
        System.out.println("random scripts from -Dnori.seed=" + seed);
        for (int i = 0; i < RANDOM_SCRIPTS; i++) {
            assertSound(Script.random(seed + i), SimOptions.defaults(), seed + i);
        }
        System.out.println(states + " crash states verified");
        assertTrue(states > 300, states + " states");
    }

    private void assertSound(Script script, SimOptions options, long seed) {
        SimDisk disk = Rehearsal.run(script, new SimDisk(options));
        List<CrashPoint> points = disk.journal().points();
        for (CrashPoint point : points) {
            assertSound(script, point.kills(STATES_PER_MOMENT, seed));
            assertSound(script, point.powerCuts(STATES_PER_MOMENT, seed));
        }
    }

    private void assertSound(Script script, CrashStates all) {
        for (long i = 0; i < all.count(); i++) {
            SimDisk left = all.disk(i);
            int events = left.journal().size();
            VerifyReport report = verify(left);
            states++;
            String where = script + "; " + all.describe(i);
            assertEquals(List.of(), report.findings(), where);
            assertEquals(events, left.journal().size(), () -> "something was changed: " + where);
            assertRecordsAreThoseThatComeBack(script, left, report, where);
        }
    }

    /** What recovery brings back is what was counted; what is durable is never more than that. */
    private void assertRecordsAreThoseThatComeBack(Script script, SimDisk left, VerifyReport report, String where) {
        if (states % 7 != 0) return;
        left.journal().stop();
        try {
            var found = new RecoveredLog(script).recover(left, (sequence, record) -> true);
            assertEquals(found.firstSequence(), report.firstSequence(), where);
            assertEquals(found.nextSequence(), report.nextSequence(), where);
            assertEquals(found.end(), report.end().bytes(), where);
            assertEquals(found.nextSequence() - found.firstSequence(), report.records(), where);
        } catch (IoFailure e) {
            throw new AssertionError(where, e);
        }
    }

    private static VerifyReport verify(SimDisk disk) {
        try {
            return Assembly.verify(disk.storage(), ALONE);
        } catch (WalException.CannotOpen noLogYet) {
            assertTrue(Objects.requireNonNull(noLogYet.getMessage()).contains("holds no log"), noLogYet.getMessage());
            return new VerifyReport(
                    List.of(),
                    0,
                    VerifyReport.Ending.NOT_CLOSED,
                    0,
                    0,
                    0,
                    0,
                    0,
                    dev.nori.wal.Position.START,
                    dev.nori.wal.Position.START,
                    0,
                    0,
                    java.time.Duration.ZERO);
        }
    }
}
