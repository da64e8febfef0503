package dev.nori.wal.crash.fault;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Policies;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.explore.FaultExplorer;
import dev.nori.wal.explore.Script;
import dev.nori.wal.explore.Step;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.io.sim.SimOptions.Mappings;
import java.time.Duration;
import java.util.List;

/** A script on a simulated disk, each call of which goes wrong in turn, and each call of the recovery after a kill. */
record PortPlan(Script script, IoMode mode, Kind kind, long seed) {
    private static final long STATES_PER_POINT = 2;
    private static final long ALL_OF_IT = 1 << 30;
    private static final int EINTR = 4;
    private static final Call[] DATA = {Call.WRITE, Call.WRITE_DURABLY, Call.SYNC};

    /** How calls go wrong. */
    record Kind(String name, Fault fault) {}

    private static final Fault FULL = Fault.full(Call.CREATE, Call.ALLOCATE, Call.MAP, Call.WRITE, Call.WRITE_DURABLY);

    private static final List<Kind> KINDS = List.of(
            new Kind("eio", Fault.eio(Call.values())),
            new Kind("eio for good", Fault.eio(DATA).fromThenOn()),
            new Kind("short write", Fault.eio(Call.WRITE, Call.WRITE_DURABLY).afterWriting(4096)),
            new Kind("failed sync", Fault.eio(Call.WRITE_DURABLY).afterWriting(ALL_OF_IT)),
            new Kind("eintr", Fault.fails(IoFailure.Kind.OTHER, EINTR, DATA)),
            new Kind("no space", Fault.full(Call.CREATE, Call.ALLOCATE)),
            new Kind("enospc", FULL),
            new Kind("enospc for good", FULL.fromThenOn()));

    private static final List<FsyncPolicy> POLICIES =
            List.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os());
    private static final List<IoMode> MODES = List.of(IoMode.BUFFERED, IoMode.DIRECT);

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

    /**
     * What is not an append: the end is cut, metadata and checkpoints take the place of others, all is discarded. The first cut comes when a
     * segment has just filled up: it is sealed, and the next one prepared, while the rooms are taken down.
     */
    private static final Script UPKEEP = Script.of(
            FsyncPolicy.always(),
            new Step.AppendAsync(300),
            new Step.SetMetadata(10),
            new Step.AppendAsync(9000),
            new Step.Checkpoint(0, 700),
            new Step.Append(100),
            new Step.AppendAsync(9000),
            new Step.AppendAsync(9000),
            new Step.AppendAsync(4500),
            new Step.Append(1000),
            new Step.TruncateAfter(2),
            new Step.SetMetadata(5000),
            new Step.AppendAsync(50),
            new Step.Reset(),
            new Step.Append(20));

    private static final int APPENDS = KINDS.size() * POLICIES.size() * MODES.size();

    /**
     * How many plans have one of the two scripts: that of appends under every policy, on every kind of disk, with every kind of
     * fault, that of upkeep once with every kind of fault.
     */
    static final int FIXED = APPENDS + KINDS.size();

    /** The plan of a trial: those of the fixed scripts first, then scripts by chance. */
    static PortPlan ofTrial(long seed, int trial) {
        long own = Seeds.mix(seed, trial);
        if (trial >= APPENDS && trial < FIXED) return ofUpkeep(trial - APPENDS, own);
        int turn = trial % APPENDS;
        Script script = trial < FIXED ? SCRIPT : Script.random(own);
        return new PortPlan(
                script.under(POLICIES.get(turn / MODES.size() % POLICIES.size())),
                MODES.get(turn % MODES.size()),
                KINDS.get(turn / MODES.size() / POLICIES.size()),
                own);
    }

    private static PortPlan ofUpkeep(int kind, long seed) {
        FsyncPolicy policy = POLICIES.get(kind % POLICIES.size());
        return new PortPlan(UPKEEP.under(policy), MODES.get(kind % MODES.size()), KINDS.get(kind), seed);
    }

    /** The trial of the script of upkeep in which calls go wrong like that. */
    static int upkeepTrialOf(String kind) {
        return APPENDS + trialOf(kind) / POLICIES.size() / MODES.size();
    }

    /** The trial in which calls go wrong like that, under {@code Always}, with writes through the page cache. */
    static int trialOf(String kind) {
        for (int i = 0; i < KINDS.size(); i++) {
            if (KINDS.get(i).name.equals(kind)) return i * POLICIES.size() * MODES.size();
        }
        throw new IllegalArgumentException("no kind of fault: " + kind);
    }

    /** Carries it out. */
    FaultExplorer run() {
        SimOptions disk = SimOptions.defaults().withMode(mode).withMappings(Mappings.OF_ONE_THREAD);
        return new FaultExplorer(STATES_PER_POINT)
                .explore(script, disk, kind.fault, seed)
                .exploreRecovery(script, disk, kind.fault, seed);
    }

    Cell cell() {
        return new Cell(FaultLevel.NAME, "simulated", script.policy(), mode, kind.name);
    }

    /** In words. */
    @Override
    public String toString() {
        return "each call in turn: %s, %s %s, %s".formatted(kind.name, Policies.inWords(script.policy()), mode, script);
    }
}
