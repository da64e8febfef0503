package dev.nori.wal.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.io.sim.SimOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryCrashOfASmallLogTest {
    private static final int RANDOM_SCRIPTS = 60;
    private static final SimOptions ONE_THREAD = SimOptions.defaults().withMappings(SimOptions.Mappings.OF_ONE_THREAD);

    static Stream<FsyncPolicy> policies() {
        return Stream.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void losesNothingPromisedByAFewAppends(FsyncPolicy policy) {
        Script script = Script.of(
                policy,
                new Step.Append(100),
                new Step.Append(0),
                new Step.Tick(Duration.ofMillis(20)),
                new Step.Batch(3, 200),
                new Step.AppendDurably(50),
                new Step.Append(700),
                new Step.Sync(),
                new Step.Append(10));
        assertHolds(new Explorer(200, 50).explore(script, SimOptions.defaults(), 1));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void losesNothingPromisedAcrossARoll(FsyncPolicy policy) {
        Script script = Script.of(
                policy,
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.AppendAsync(9000),
                new Step.AppendAsync(9000),
                new Step.Append(100),
                new Step.Tick(Duration.ofMillis(20)),
                new Step.Append(3000),
                new Step.Sync());
        assertHolds(new Explorer(60, 20).explore(script, SimOptions.defaults().withMode(IoMode.DIRECT), 2));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void losesNothingPromisedOverSeveralOpens(FsyncPolicy policy) {
        Script script = Script.of(
                policy,
                new Step.Append(300),
                new Step.KillAndReopen(),
                new Step.Append(500),
                new Step.Reopen(),
                new Step.Append(200),
                new Step.KillAndReopen(),
                new Step.Append(50));
        assertHolds(new Explorer(60, 20).explore(script, SimOptions.defaults(), 3));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void neitherLosesNorBringsBackWhatIsTrimmed(FsyncPolicy policy) {
        Script script = Script.of(
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
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Sync(),
                new Step.TruncateBefore(0),
                new Step.KillAndReopen(),
                new Step.Append(100));
        assertHolds(new Explorer(20, 20).explore(script, ONE_THREAD, 4));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void neverBringsBackWhatWasCut(FsyncPolicy policy) {
        Script script = Script.of(
                policy,
                new Step.Append(100),
                new Step.Batch(3, 200),
                new Step.Append(300),
                new Step.TruncateAfter(2),
                new Step.Append(310),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.TruncateAfter(3),
                new Step.Append(50),
                new Step.TruncateAfter(1),
                new Step.KillAndReopen(),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Sync());
        assertHolds(new Explorer(20, 20).explore(script, ONE_THREAD.withMode(IoMode.DIRECT), 5));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void resetsWholeOrNotAtAll(FsyncPolicy policy) {
        Script script = Script.of(
                policy,
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Reset(),
                new Step.KillAndReopen(),
                new Step.Append(100),
                new Step.Append(9000),
                new Step.Reset(),
                new Step.Reset(),
                new Step.Append(50),
                new Step.Sync());
        assertHolds(new Explorer(20, 20).explore(script, ONE_THREAD, 6));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void keepsNotesWholeAndNoCheckpointAheadOfTheLog(FsyncPolicy policy) {
        Script script = Script.of(
                policy,
                new Step.Append(100),
                new Step.SetMetadata(10),
                new Step.Append(100),
                new Step.Append(100),
                new Step.Checkpoint(0, 5000),
                new Step.SetMetadata(9000),
                new Step.Append(200),
                new Step.Checkpoint(0, 20),
                new Step.TruncateAfter(3),
                new Step.SetMetadata(0),
                new Step.KillAndReopen(),
                new Step.SetMetadata(600));
        assertHolds(new Explorer(40, 20).explore(script, ONE_THREAD, 7));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void movesACheckpointToTheEndWhenItsSegmentIsCutOff(FsyncPolicy policy) {
        Script script = Script.of(
                policy,
                new Step.Append(20_000),
                new Step.Append(20_000), // does not fit behind the first
                new Step.Checkpoint(0, 100),
                new Step.TruncateAfter(1),
                new Step.KillAndReopen(),
                new Step.Append(300));
        assertHolds(new Explorer(20, 20).explore(script, ONE_THREAD, 8));
    }

    @Test
    void losesNothingPromisedByRandomScripts() {
        long seed = Long.getLong("nori.seed", System.nanoTime());
        System.out.println("random scripts from -Dnori.seed=" + seed);
        Explorer explorer = new Explorer(12, 10);
        long began = System.nanoTime();
        List<SimOptions> kinds = List.of(
                SimOptions.defaults(),
                SimOptions.defaults().withMode(IoMode.DIRECT),
                SimOptions.defaults().withMode(IoMode.DIRECT).withSectorBytes(4096));
        for (int i = 0; i < RANDOM_SCRIPTS && explorer.findings().isEmpty(); i++) {
            explorer.explore(Script.random(seed + i), kinds.get(i % kinds.size()), seed + i);
        }
        System.out.printf(
                "%,d crash states, %,.0f a second%n",
                explorer.states(), explorer.states() * 1e9 / (System.nanoTime() - began));
        assertHolds(explorer);
    }

    private static void assertHolds(Explorer explorer) {
        assertEquals(List.of(), explorer.findings());
        assertTrue(explorer.states() > 100, explorer.states() + " states");
    }
}
