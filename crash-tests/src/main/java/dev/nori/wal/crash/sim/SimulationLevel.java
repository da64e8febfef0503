package dev.nori.wal.crash.sim;

import dev.nori.wal.crash.Finding;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Matrix;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Tally;
import dev.nori.wal.explore.Counts;
import dev.nori.wal.explore.Crash;
import dev.nori.wal.explore.Explorer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** L4: every crash of small logs on a simulated disk. Runs everywhere, in this process and thread. */
public final class SimulationLevel implements Level {
    /** The level's name. */
    public static final String NAME = "L4";

    private static final int TRIALS = SimulationPlan.FIXED + 100;
    private static final int MOST_FINDINGS = 5;

    private final Map<SimulationHunt, Optional<String>> controls = new EnumMap<>(SimulationHunt.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "simulated disk";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public LevelResult run(LevelContext context) {
        return run(context, TRIALS);
    }

    /** The first trials of a short run, for a test that has no time. */
    LevelResult run(LevelContext context, int trials) {
        return new Run(context).run(trials);
    }

    @Override
    public List<Mutant> mutants() {
        return SimulationMutants.all();
    }

    @Override
    public Optional<String> hunt(Mutant mutant, MutantClasses classes, LevelContext context) throws IOException {
        SimulationHunt hunt = SimulationMutants.hunt(mutant);
        if (classes.equals(MutantClasses.unchanged())) {
            return controls.computeIfAbsent(hunt, any -> any.run(context.seed()));
        }
        return hunt(hunt, classes.newLoader(), context.seed());
    }

    /** Everything of the library and of the harness is loaded anew: only names and numbers pass from here to there. */
    private static Optional<String> hunt(SimulationHunt hunt, ClassLoader classes, long seed) throws IOException {
        try {
            Object found = classes.loadClass(SimulationHunt.class.getName())
                    .getMethod("run", String.class, long.class)
                    .invoke(null, hunt.name(), seed);
            return ((Optional<?>) found).map(String.class::cast);
        } catch (ReflectiveOperationException e) {
            throw new IOException("the hunt " + hunt + " could not be run", e);
        }
    }

    /** One run of the level. */
    private static final class Run {
        private final LevelContext context;
        private final Matrix matrix = new Matrix();
        private final List<Finding> findings = new ArrayList<>();
        private final long began = System.nanoTime();
        private long trials;
        private long states;
        private long moments;
        private long exhausted;
        private long recoveries;

        Run(LevelContext context) {
            this.context = context;
            SimulationPlan.cells().forEach(cell -> matrix.add(cell, Tally.NONE)); // in their order
        }

        LevelResult run(int most) {
            if (context.trial().isPresent()) {
                for (int i = 0; i < context.repeat(); i++)
                    carryOut(context.trial().getAsInt());
            } else {
                for (int trial = 0; goesOn(trial, most); trial++) carryOut(trial);
            }
            return new LevelResult(matrix, List.copyOf(findings), List.of(), notes());
        }

        private boolean goesOn(int trial, int most) {
            if (findings.size() >= MOST_FINDINGS) return false;
            return context.budget()
                    .map(budget -> System.nanoTime() - began < budget.toNanos())
                    .orElse(trial < most);
        }

        private void carryOut(int trial) {
            SimulationPlan plan = SimulationPlan.ofTrial(context.seed(), trial);
            Explorer explorer = plan.run();
            trials++;
            states += explorer.states();
            moments += explorer.moments();
            exhausted += explorer.exhausted();
            recoveries += explorer.recoveries();
            for (Crash crash : Crash.values()) matrix.add(plan.cell(crash), tally(explorer.counts(crash)));
            for (String wrong : explorer.findings()) {
                findings.add(new Finding(
                        "trial " + trial + ": " + plan,
                        wrong,
                        List.of("--levels", NAME, "--trial", Integer.toString(trial)),
                        Optional.empty()));
            }
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

        private List<String> notes() {
            double seconds = (System.nanoTime() - began) / 1e9;
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "%,d scripts, %,d crash states judged, %,.0f a second, one thread; %,d of them differ and were recovered from",
                            trials,
                            states,
                            states / seconds,
                            recoveries),
                    String.format(
                            Locale.ROOT,
                            "%,d moments; at %,d of them every legal state, at the others as many as a plan takes",
                            moments,
                            exhausted));
        }
    }
}
