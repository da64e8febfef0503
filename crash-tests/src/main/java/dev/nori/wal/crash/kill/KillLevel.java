package dev.nori.wal.crash.kill;

import dev.nori.wal.crash.Directories;
import dev.nori.wal.crash.Finding;
import dev.nori.wal.crash.Hunts;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Matrix;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** L1: {@code kill -9} of the process that writes the log. Runs everywhere. */
public final class KillLevel implements Level {
    /** The level's name. */
    public static final String NAME = "L1";

    private static final int AT_A_TIME = 2;

    private final Hunts hunts = new Hunts(KillMutants.TABLE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "kill";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public LevelResult run(LevelContext context) throws IOException, InterruptedException {
        return new Run(context).run(KillPlan.CELLS);
    }

    /** The first trials of a short run, for a test that has no time. */
    LevelResult run(LevelContext context, int trials) throws IOException, InterruptedException {
        return new Run(context).run(trials);
    }

    @Override
    public List<Mutant> mutants() {
        return hunts.mutants();
    }

    @Override
    public Optional<String> hunt(Mutant mutant, MutantClasses classes, LevelContext context)
            throws IOException, InterruptedException {
        return hunts.hunt(mutant, classes, context);
    }

    /** One run of the level. */
    private static final class Run {
        private final LevelContext context;
        private final String fileSystem;
        private final long began = System.nanoTime();
        private final AtomicInteger nextTrial = new AtomicInteger();
        // Guarded by this.
        private final Matrix matrix = new Matrix();
        private final List<Finding> findings = new ArrayList<>();
        private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
        private final Map<dev.nori.wal.crash.Transcript.Stage, Integer> stages =
                new EnumMap<>(dev.nori.wal.crash.Transcript.Stage.class);

        Run(LevelContext context) throws IOException {
            this.context = context;
            this.fileSystem = Files.getFileStore(context.directory()).type();
        }

        LevelResult run(int trials) throws IOException, InterruptedException {
            for (int trial = 0; trial < Math.min(trials, KillPlan.CELLS); trial++) {
                matrix.add(KillPlan.ofTrial(context.seed(), trial).cell(fileSystem), Tally.NONE); // in their order
            }
            if (context.trial().isPresent()) {
                for (int i = 0; i < context.repeat(); i++)
                    carryOut(context.trial().getAsInt());
            } else {
                inParallel(trials);
            }
            return result();
        }

        private void inParallel(int trials) throws IOException, InterruptedException {
            ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
            try {
                List<Future<?>> lanes = new ArrayList<>();
                for (int i = 0; i < AT_A_TIME; i++) {
                    lanes.add(workers.submit(() -> {
                        carryOutAll(trials);
                        return null;
                    }));
                }
                for (Future<?> lane : lanes) lane.get();
            } catch (ExecutionException e) {
                throw new IOException("a trial could not be carried out", e.getCause());
            } finally {
                workers.shutdownNow();
            }
        }

        private void carryOutAll(int trials) throws IOException, InterruptedException {
            for (int trial = nextTrial.getAndIncrement(); goesOn(trial, trials); trial = nextTrial.getAndIncrement()) {
                carryOut(trial);
            }
        }

        private boolean goesOn(int trial, int trials) {
            return context.budget()
                    .map(budget -> System.nanoTime() - began < budget.toNanos())
                    .orElse(trial < trials);
        }

        private void carryOut(int trial) throws IOException, InterruptedException {
            KillPlan plan = KillPlan.ofTrial(context.seed(), trial);
            Path directory = context.directory().resolve("trial-" + trial);
            Directories.delete(directory);
            Files.createDirectories(directory);
            KillTrial one = new KillTrial(plan, MutantClasses.unchanged(), directory, Seeds.mix(context.seed(), trial));
            KillOutcome outcome = outcomeOf(one);
            note(trial, plan, directory, outcome);
            if (outcome.wrong().isEmpty()) Directories.delete(directory);
        }

        private static KillOutcome outcomeOf(KillTrial trial) throws InterruptedException {
            try {
                return trial.run();
            } catch (IOException e) {
                return new KillOutcome(List.of(), Tally.NONE, Optional.of("it could not be carried out: " + e));
            }
        }

        private synchronized void note(int trial, KillPlan plan, Path directory, KillOutcome outcome) {
            matrix.add(plan.cell(fileSystem), outcome.tally());
            for (KillOutcome.Hit hit : outcome.kills()) {
                moments.merge(hit.moment(), 1, Integer::sum);
                stages.merge(hit.stage(), 1, Integer::sum);
            }
            outcome.wrong()
                    .ifPresent(wrong -> findings.add(new Finding(
                            "trial " + trial + ": " + plan,
                            wrong,
                            List.of("--levels", NAME, "--trial", Integer.toString(trial), "--repeat", "20"),
                            Optional.of(directory))));
        }

        private synchronized LevelResult result() {
            return new LevelResult(
                    matrix,
                    List.copyOf(findings),
                    List.of(),
                    List.of("kills by moment: " + counts(moments), "the worker was: " + counts(stages)));
        }

        private static String counts(Map<?, Integer> counts) {
            return counts.entrySet().stream()
                    .map(count -> count.getKey() + " " + count.getValue())
                    .collect(Collectors.joining(", "));
        }
    }
}
