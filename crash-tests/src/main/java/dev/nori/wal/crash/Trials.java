package dev.nori.wal.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many trials of a level, a few at a time: those of a short run, or as many as the time allows, or the one that is
 * replayed. Each has a directory of its own, which is kept if something was wrong.
 */
public final class Trials {
    private static final int AT_A_TIME = 2;

    /** One of them. */
    public interface Trial {
        /**
         * Carries it out, up to the first thing that is wrong.
         *
         * @param number of the trial; all that is random in it follows from this and the seed
         * @param directory its own, there already
         * @throws IOException if the harness itself fails
         */
        TrialOutcome run(int number, Path directory) throws IOException, InterruptedException;
    }

    private final String level;
    private final LevelContext context;
    private final Trial trial;
    private final long began = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    // Guarded by this.
    private final Matrix matrix = new Matrix();
    private final List<Finding> findings = new ArrayList<>();

    /** @param level its name, to replay a trial */
    public Trials(String level, LevelContext context, Trial trial) {
        this.level = level;
        this.context = context;
        this.trial = trial;
    }

    /** Gives the cells of the matrix their order. */
    public synchronized void expect(Cell cell) {
        matrix.add(cell, Tally.NONE);
    }

    /**
     * Runs them.
     *
     * @param brief how many a short run has
     * @return all they counted, and what they found
     */
    public LevelResult run(int brief, List<String> skips) throws IOException, InterruptedException {
        if (context.trial().isPresent()) {
            for (int i = 0; i < context.repeat(); i++) carryOut(context.trial().getAsInt());
        } else {
            inParallel(brief);
        }
        return result(skips);
    }

    private void inParallel(int brief) throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> lanes = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                lanes.add(workers.submit(() -> {
                    carryOutAll(brief);
                    return null;
                }));
            }
            for (Future<?> lane : lanes) lane.get();
        } catch (ExecutionException e) {
            throw new IOException("a trial of " + level + " could not be carried out", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private void carryOutAll(int brief) throws IOException, InterruptedException {
        for (int number = next.getAndIncrement(); goesOn(number, brief); number = next.getAndIncrement()) {
            carryOut(number);
        }
    }

    private boolean goesOn(int number, int brief) {
        return context.budget()
                .map(budget -> System.nanoTime() - began < budget.toNanos())
                .orElse(number < brief);
    }

    private void carryOut(int number) throws IOException, InterruptedException {
        Path directory = context.directory().resolve("trial-" + number);
        Directories.delete(directory);
        Files.createDirectories(directory);
        TrialOutcome outcome = attempt(number, directory);
        note(number, directory, outcome);
        if (outcome.wrong().isEmpty()) Directories.delete(directory);
    }

    /** A harness that fails in one trial has proved nothing by it, and says so; the others count all the same. */
    private TrialOutcome attempt(int number, Path directory) throws InterruptedException {
        try {
            return trial.run(number, directory);
        } catch (IOException e) {
            return new TrialOutcome("not carried out", new Matrix(), Optional.of("FAILED HARNESS: " + e.getMessage()));
        }
    }

    private synchronized void note(int number, Path directory, TrialOutcome outcome) {
        matrix.addAll(outcome.matrix());
        if (outcome.wrong().isEmpty()) return;
        context.out()
                .println("  FOUND in trial " + number + ": " + outcome.wrong().get());
        findings.add(new Finding(
                "trial " + number + ": " + outcome.plan(),
                outcome.wrong().get(),
                List.of("--levels", level, "--trial", Integer.toString(number), "--repeat", "10"),
                Optional.of(directory)));
    }

    private synchronized LevelResult result(List<String> skips) {
        return new LevelResult(matrix, List.copyOf(findings), skips, List.of());
    }
}
