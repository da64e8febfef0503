package dev.nori.wal.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.io.sim.SimOptions.Mappings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryMomentOfAFullDiskTest {
    private static final long CAPACITY_BYTES = 24 << 20;
    private static final int HARDLY_TWO_IN_A_SEGMENT = 900_000;

    /** Two records, their step of space, and not yet the end of the segment, where its footer belongs. */
    private static Script script(FsyncPolicy policy, boolean preallocate) {
        List<Step> steps = List.of(
                new Step.Append(HARDLY_TWO_IN_A_SEGMENT),
                new Step.Append(HARDLY_TWO_IN_A_SEGMENT),
                new Step.Append(HARDLY_TWO_IN_A_SEGMENT),
                new Step.Append(20),
                new Step.Append(HARDLY_TWO_IN_A_SEGMENT),
                new Step.Append(HARDLY_TWO_IN_A_SEGMENT));
        return new Script(policy, preallocate, 16 << 10, (2 << 20) + (256 << 10), steps);
    }

    @ParameterizedTest
    @CsvSource({"BUFFERED, false", "BUFFERED, true", "DIRECT, false", "DIRECT, true", "NIO, false"})
    void isAStateInWhichNothingFailsAndNothingIsLost(IoMode mode, boolean preallocate) {
        SimOptions options = SimOptions.defaults()
                .withMode(mode)
                .withMappings(Mappings.OF_ONE_THREAD)
                .withCapacityBytes(CAPACITY_BYTES);
        for (FsyncPolicy policy : List.of(FsyncPolicy.always(), FsyncPolicy.os())) {
            FullDiskExplorer explorer = new FullDiskExplorer().explore(script(policy, preallocate), options, 1);
            assertEquals(List.of(), explorer.findings());
            assertTrue(explorer.refused() > 2, explorer.refused() + " were refused");
            assertTrue(explorer.taken() > 3, explorer.taken() + " were taken");
            assertTrue(explorer.crashes() > 14, explorer.crashes() + " crashes");
        }
    }
}
