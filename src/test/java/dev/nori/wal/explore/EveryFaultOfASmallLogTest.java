package dev.nori.wal.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.io.sim.SimOptions.Mappings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EveryFaultOfASmallLogTest {
    private static final long STATES_PER_POINT = 2;
    private static final long ALL_OF_IT = 1 << 30;

    private static final Script SCRIPT = Script.of(
            FsyncPolicy.always(),
            new Step.Append(9000),
            new Step.Tick(Duration.ofMillis(20)),
            new Step.Batch(3, 3000),
            new Step.AppendAsync(9000),
            new Step.AppendDurably(50),
            new Step.Append(9000),
            new Step.Sync(),
            new Step.Append(10));

    static Stream<Arguments> policiesAndModes() {
        return Stream.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os())
                .flatMap(policy -> Stream.of(IoMode.BUFFERED, IoMode.DIRECT).map(mode -> Arguments.of(policy, mode)));
    }

    @ParameterizedTest
    @MethodSource("policiesAndModes")
    void isFinalToldToEverybodyAndLosesNothing(FsyncPolicy policy, IoMode mode) {
        assertHolds(policy, mode, Fault.eio(Call.values()));
    }

    @ParameterizedTest
    @MethodSource("policiesAndModes")
    void isFinalAlsoHalfwayThroughAWrite(FsyncPolicy policy, IoMode mode) {
        assertHolds(policy, mode, Fault.eio(Call.WRITE, Call.WRITE_DURABLY).afterWriting(4096));
    }

    @ParameterizedTest
    @MethodSource("policiesAndModes")
    void leavesNothingBehindThatOnlyTheCacheHas(FsyncPolicy policy, IoMode mode) {
        assertHolds(policy, mode, Fault.eio(Call.WRITE_DURABLY).afterWriting(ALL_OF_IT));
    }

    @ParameterizedTest
    @MethodSource("policiesAndModes")
    void isNoFailureIfTheDiskIsFullForAWhile(FsyncPolicy policy, IoMode mode) {
        Fault full = Fault.full(Call.CREATE, Call.ALLOCATE, Call.MAP, Call.WRITE, Call.WRITE_DURABLY);
        assertHolds(policy, mode, full);
        assertHolds(policy, mode, full.fromThenOn());
    }

    @ParameterizedTest
    @MethodSource("policiesAndModes")
    void refusesWhatHasNoRoomAndLivesOn(FsyncPolicy policy, IoMode mode) {
        assertHolds(policy, mode, Fault.full(Call.CREATE, Call.ALLOCATE));
    }

    private static void assertHolds(FsyncPolicy policy, IoMode mode, Fault fault) {
        SimOptions options = SimOptions.defaults().withMode(mode).withMappings(Mappings.OF_ONE_THREAD);
        FaultExplorer explorer = new FaultExplorer(STATES_PER_POINT);
        explorer.explore(SCRIPT.under(policy), options, fault, 1);
        explorer.exploreRecovery(SCRIPT.under(policy), options, fault, 1);
        assertEquals(List.of(), explorer.findings());
        assertTrue(explorer.faults() > 0, "no call went wrong");
    }
}
