package dev.nori.wal.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.io.sim.SimOptions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EveryLossOfASmallLogTest {
    private static SimOptions options(IoMode mode) {
        return SimOptions.defaults().withMode(mode);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUFFERED", "DIRECT", "NIO"})
    void isNoticedAndSaidWhereItBegins(IoMode mode) {
        Script script = Script.of(
                FsyncPolicy.always(),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(9000),
                new Step.Append(300),
                new Step.Append(20),
                new Step.Checkpoint(0, 50),
                new Step.Append(400));
        LossExplorer explorer = new LossExplorer().explore(script, options(mode));
        assertEquals(List.of(), explorer.findings());
        assertEquals(12, explorer.gaps());
        assertTrue(explorer.lostEnds() >= 6, explorer.lostEnds() + " ends were lost");
        assertEquals(2, explorer.lostCheckpoints());
    }

    @ParameterizedTest
    @EnumSource(names = {"BUFFERED", "DIRECT", "NIO"})
    void isNoticedInFrontOfACutThatIsUnderWay(IoMode mode) {
        Script script = Script.of(
                FsyncPolicy.always(),
                new Step.Append(300),
                new Step.Append(20),
                new Step.Append(400),
                new Step.TruncateAfter(1));
        LossExplorer explorer = new LossExplorer().exploreCut(script, options(mode));
        assertEquals(List.of(), explorer.findings());
        assertTrue(explorer.lostCuts() > 3, explorer.lostCuts() + " moments of a cut");
    }
}
