package dev.nori.wal.crash.sim;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.explore.Crash;
import dev.nori.wal.explore.Explorer;
import dev.nori.wal.explore.Script;
import dev.nori.wal.explore.Step;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.io.sim.SimOptions.InFlight;
import dev.nori.wal.io.sim.SimOptions.Mappings;
import dev.nori.wal.io.sim.SimOptions.Renames;
import dev.nori.wal.io.sim.SimOptions.Versions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One trial: a script, and the disk it runs on. The first trials are fixed scripts under every policy on every kind of disk;
 * the others are drawn from the seed.
 *
 * @param script what is done
 * @param kind of the disk
 * @param statesPerMoment how many states to take at a moment that has more
 * @param seed for the choice among them
 */
record SimulationPlan(Script script, Kind kind, long statesPerMoment, long seed) {
    private static final int SECOND_CRASH_EVERY = 16;
    private static final long STATES_OF_FIXED = 64;
    private static final long STATES_OF_RANDOM = 12;

    /** A disk that there is, or might be. */
    record Kind(String name, SimOptions options) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Garbage stays within the bytes that a write in flight changes. A device that spoils the rest of a sector, which holds
     * durable records, is outside of what the log promises.
     */
    private static final List<Kind> KINDS = List.of(
            new Kind("512", disk(IoMode.BUFFERED)),
            new Kind("512", disk(IoMode.DIRECT)),
            new Kind("4Kn", disk(IoMode.DIRECT).withSectorBytes(4096)),
            new Kind("512 garbage", disk(IoMode.BUFFERED).withInFlight(InFlight.GARBAGE_IN_CHANGED_BYTES)),
            new Kind("512 garbage", disk(IoMode.DIRECT).withInFlight(InFlight.GARBAGE_IN_CHANGED_BYTES)),
            new Kind(
                    "512 newest",
                    disk(IoMode.BUFFERED).withVersions(Versions.NEWEST).withRenames(Renames.LINK_THEN_UNLINK)));

    private static final List<FsyncPolicy> POLICIES =
            List.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os());

    private static final List<Script> SCRIPTS = List.of(
            Script.of(
                    FsyncPolicy.always(),
                    new Step.Append(100),
                    new Step.Append(0),
                    new Step.Tick(Duration.ofMillis(20)),
                    new Step.Batch(3, 200),
                    new Step.AppendDurably(50),
                    new Step.Append(700),
                    new Step.Sync(),
                    new Step.Append(10)),
            Script.of(
                    FsyncPolicy.always(),
                    new Step.Append(9000),
                    new Step.Append(9000),
                    new Step.AppendAsync(9000),
                    new Step.AppendAsync(9000),
                    new Step.Append(100),
                    new Step.Tick(Duration.ofMillis(20)),
                    new Step.Append(3000),
                    new Step.Sync()),
            Script.of(
                    FsyncPolicy.always(),
                    new Step.Append(300),
                    new Step.KillAndReopen(),
                    new Step.Append(500),
                    new Step.Reopen(),
                    new Step.Append(200),
                    new Step.KillAndReopen(),
                    new Step.Append(50)),
            Script.of(
                    FsyncPolicy.always(),
                    new Step.Append(9000),
                    new Step.AppendAsync(9000),
                    new Step.AppendAsync(9000),
                    new Step.AppendAsync(9000),
                    new Step.Append(9000),
                    new Step.TruncateBeforeUnderAReader(1),
                    new Step.Checkpoint(0, 600),
                    new Step.TruncateBefore(1),
                    new Step.AppendAsync(9000),
                    new Step.AppendAsync(9000),
                    new Step.AppendAsync(9000),
                    new Step.AppendAsync(9000),
                    new Step.KillAndReopen(),
                    new Step.Append(100)),
            Script.of(
                    FsyncPolicy.always(),
                    new Step.SetMetadata(10),
                    new Step.Append(100),
                    new Step.Batch(2, 300),
                    new Step.Append(200),
                    new Step.Checkpoint(0, 3000),
                    new Step.SetMetadata(5000),
                    new Step.TruncateAfter(2),
                    new Step.Append(300),
                    new Step.Reset(),
                    new Step.Append(50),
                    new Step.KillAndReopen(),
                    new Step.SetMetadata(0)));

    /** How many trials are fixed. */
    static final int FIXED = SCRIPTS.size() * POLICIES.size() * KINDS.size();

    /** The trial of that number. */
    static SimulationPlan ofTrial(long seed, int trial) {
        long own = Seeds.mix(seed, trial);
        if (trial >= FIXED) {
            return new SimulationPlan(Script.random(own), KINDS.get(trial % KINDS.size()), STATES_OF_RANDOM, own);
        }
        Kind kind = KINDS.get(trial % KINDS.size());
        int rest = trial / KINDS.size();
        FsyncPolicy policy = POLICIES.get(rest % POLICIES.size());
        return new SimulationPlan(SCRIPTS.get(rest / POLICIES.size()).under(policy), kind, STATES_OF_FIXED, own);
    }

    /** Carries it out. */
    Explorer run() {
        return new Explorer(statesPerMoment, SECOND_CRASH_EVERY).explore(script, kind.options(), seed);
    }

    /** Every place in the matrix that some plan has. */
    static Stream<Cell> cells() {
        return Stream.of(Crash.values())
                .flatMap(crash -> POLICIES.stream()
                        .flatMap(policy -> KINDS.stream().map(kind -> cell(policy, kind.options(), crash))))
                .distinct();
    }

    /** Where in the matrix its crashes of that kind belong. */
    Cell cell(Crash crash) {
        return cell(script.policy(), kind.options(), crash);
    }

    private static Cell cell(FsyncPolicy policy, SimOptions options, Crash crash) {
        return new Cell(SimulationLevel.NAME, "simulated", policy, options.mode(), crash.toString());
    }

    private static SimOptions disk(IoMode mode) {
        return SimOptions.defaults().withMode(mode).withMappings(Mappings.OF_ONE_THREAD);
    }
}
