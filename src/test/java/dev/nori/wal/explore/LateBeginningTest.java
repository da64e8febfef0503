package dev.nori.wal.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.io.sim.SimOptions.Mappings;
import dev.nori.wal.io.sim.SimOptions.Versions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A log that is opened on a full disk, with no room for the mark that begins its generation. */
class LateBeginningTest {
    static Stream<Arguments> policiesAndModes() {
        return Stream.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os())
                .flatMap(policy -> Stream.of(IoMode.BUFFERED, IoMode.DIRECT).map(mode -> Arguments.of(policy, mode)));
    }

    @ParameterizedTest
    @MethodSource("policiesAndModes")
    void losesAndInventsNothingWhenItIsCrashedBeforeTheFirstAppendAndOpenedAgain(FsyncPolicy policy, IoMode mode) {
        SimOptions options = SimOptions.defaults()
                .withMode(mode)
                .withMappings(Mappings.OF_ONE_THREAD)
                .withVersions(Versions.NEWEST);
        LateBeginningExplorer explorer = new LateBeginningExplorer(4).explore(Script.of(policy), options, 1);
        assertEquals(List.of(), explorer.findings());
        assertEquals(
                7, explorer.lateBeginnings()); // once it was closed, three times after a kill and after a power cut
        assertTrue(explorer.states() > 500, explorer.states() + " states");
    }
}
