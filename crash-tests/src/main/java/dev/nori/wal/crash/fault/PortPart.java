package dev.nori.wal.crash.fault;

import dev.nori.wal.crash.Matrix;
import dev.nori.wal.crash.Tally;
import dev.nori.wal.crash.TrialOutcome;
import dev.nori.wal.explore.Counts;
import dev.nori.wal.explore.Crash;
import dev.nori.wal.explore.FaultExplorer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every call at the port fails in turn, in this process. Runs everywhere. */
final class PortPart implements FaultPart {
    private final long seed;

    PortPart(long seed) {
        this.seed = seed;
    }

    @Override
    public String name() {
        return "port";
    }

    @Override
    public int brief() {
        return PortPlan.FIXED;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public FaultOutcome run(int number, Path directory) {
        PortPlan plan = PortPlan.ofTrial(seed, number);
        FaultExplorer explorer = plan.run();
        Matrix matrix = new Matrix();
        for (Crash crash : Crash.values()) matrix.add(plan.cell(), tally(explorer.counts(crash)));
        Optional<String> wrong = explorer.findings().stream().findFirst();
        return new FaultOutcome(new TrialOutcome(plan.toString(), matrix, wrong), explorer.faults() > 0);
    }

    private static Tally tally(Counts counts) {
        return new Tally(
                counts.states(),
                counts.promised(),
                counts.recovered(),
                counts.lost(),
                counts.invented(),
                counts.reordered(),
                Duration.ZERO);
    }
}
