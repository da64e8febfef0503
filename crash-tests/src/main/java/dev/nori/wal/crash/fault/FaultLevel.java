package dev.nori.wal.crash.fault;

import dev.nori.wal.crash.Hunts;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.TrialOutcome;
import dev.nori.wal.crash.Trials;
import dev.nori.wal.crash.device.Formatted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** L5: calls, devices and disks that fail. The calls of the port fail everywhere; what is below needs Linux, or root. */
public final class FaultLevel implements Level {
    /** The level's name. */
    public static final String NAME = "L5";

    private final Formatted formatted = new Formatted();
    private final Hunts hunts = new Hunts(new FaultMutants(formatted).table());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "faults";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public LevelResult run(LevelContext context) throws IOException, InterruptedException {
        List<FaultPart> parts = new ArrayList<>();
        List<String> skips = new ArrayList<>();
        for (FaultPart part : parts(context.seed())) {
            part.missing().ifPresentOrElse(why -> skips.add(part.name() + ": " + why), () -> parts.add(part));
            if (part.missing().isEmpty()) part.skips().forEach(skip -> skips.add(part.name() + " " + skip));
        }
        Run run = new Run(parts);
        LevelResult result = new Trials(NAME, context, run::trial).run(run.schedule.brief(), skips);
        if (context.trial().isEmpty()) run.mustHaveMetFaults();
        return new LevelResult(result.matrix(), result.findings(), result.skips(), List.of(run.inWords()));
    }

    private List<FaultPart> parts(long seed) {
        return List.of(
                new PortPart(seed),
                new LimitPart(seed),
                new DevicePart(seed, formatted),
                new SpacePart(seed, SpacePart.Where.HERE),
                new SpacePart(seed, SpacePart.Where.BENEATH));
    }

    /** One run of the level. */
    private static final class Run {
        private final FaultSchedule schedule;
        private final Map<String, Integer> met = new LinkedHashMap<>(); // guarded by this

        Run(List<FaultPart> parts) {
            this.schedule = new FaultSchedule(parts);
            parts.forEach(part -> met.put(part.name(), 0));
        }

        TrialOutcome trial(int number, Path directory) throws IOException, InterruptedException {
            FaultSchedule.Turn turn = schedule.turn(number);
            FaultOutcome outcome = turn.part().run(turn.number(), directory);
            if (outcome.met()) count(turn.part());
            return outcome.trial();
        }

        private synchronized void count(FaultPart part) {
            met.merge(part.name(), 1, Integer::sum);
        }

        synchronized void mustHaveMetFaults() throws IOException {
            for (Map.Entry<String, Integer> part : met.entrySet()) {
                if (part.getValue() > 0) continue;
                throw new IOException(
                        "FAILED HARNESS: %s: nothing ever went wrong, so nothing was proved".formatted(part.getKey()));
            }
        }

        synchronized String inWords() {
            return met.entrySet().stream()
                    .map(part -> part.getKey() + " " + part.getValue())
                    .collect(Collectors.joining(", ", "trials in which something went wrong: ", ""));
        }
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
}
