package dev.nori.wal.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mutants of a level and how each is hunted. What showed a mutant is repeated on the unchanged library, try by try with
 * the same seeds; tries that mutants share are made once. For one thread.
 */
public final class Hunts {
    private final List<Hunted> table;
    private final Map<Hunt, Integer> tries = new HashMap<>(); // the most that any mutant took
    private final Map<Hunt, Result> controls = new HashMap<>();

    /** What a number of tries came to; the last of them noticed something, or none did. */
    private record Result(int tries, Optional<String> noticed) {
        static final Result NONE = new Result(0, Optional.empty());
    }

    /** Hunts by that table. */
    public Hunts(List<Hunted> table) {
        this.table = List.copyOf(table);
    }

    /** All of them. */
    public List<Mutant> mutants() {
        return table.stream().map(Hunted::mutant).toList();
    }

    /** See {@link Level#hunt(Mutant, MutantClasses, LevelContext)}. */
    public Optional<String> hunt(Mutant mutant, MutantClasses classes, LevelContext context)
            throws IOException, InterruptedException {
        Hunt hunt = huntOf(mutant);
        if (classes.equals(MutantClasses.unchanged())) return control(hunt, tries.getOrDefault(hunt, 1), context);
        Result result = goOn(hunt, Result.NONE, hunt.attempts(), classes, context);
        tries.merge(hunt, result.tries, Math::max);
        return result.noticed;
    }

    /** Hunts in broken surroundings, then in sound ones; both with the unchanged library. */
    public Optional<String> broken(Canary canary, LevelContext context) throws IOException, InterruptedException {
        Hunt hunt = canary.broken();
        Result result = goOn(hunt, Result.NONE, hunt.attempts(), MutantClasses.unchanged(), context);
        tries.merge(canary.sound(), result.tries, Math::max);
        return result.noticed;
    }

    /** The same in sound surroundings. */
    public Optional<String> sound(Canary canary, LevelContext context) throws IOException, InterruptedException {
        return control(canary.sound(), tries.getOrDefault(canary.sound(), 1), context);
    }

    private Optional<String> control(Hunt hunt, int most, LevelContext context)
            throws IOException, InterruptedException {
        Result before = controls.getOrDefault(hunt, Result.NONE);
        Result after = goOn(hunt, before, most, MutantClasses.unchanged(), context);
        controls.put(hunt, after);
        return after.noticed;
    }

    private static Result goOn(Hunt hunt, Result before, int most, MutantClasses classes, LevelContext context)
            throws IOException, InterruptedException {
        Path directory = context.directory().resolve("hunt");
        Result result = before;
        while (result.tries < most && result.noticed.isEmpty()) {
            Directories.delete(directory);
            Files.createDirectories(directory);
            long seed = Seeds.mix(context.seed(), result.tries);
            result = new Result(result.tries + 1, hunt.attempt(classes, directory, seed));
        }
        return result;
    }

    private Hunt huntOf(Mutant mutant) {
        return table.stream()
                .filter(hunted -> hunted.mutant().equals(mutant))
                .map(Hunted::hunt)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of ours: " + mutant.name()));
    }
}
