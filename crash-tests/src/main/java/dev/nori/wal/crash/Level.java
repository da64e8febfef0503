package dev.nori.wal.crash;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A rung of the ladder: one means to crash a log, and what it proves. */
public interface Level {
    /** Such as L1. */
    String name();

    /** Its means, in a word or two. */
    String title();

    /** Why it cannot run on this machine; nothing if it can. */
    Optional<String> missing();

    /**
     * Runs it: the fixed amount of a short run, or until the time is up.
     *
     * @throws IOException if the harness itself fails: then nothing is proved
     */
    LevelResult run(LevelContext context) throws IOException, InterruptedException;

    /** The changes of the library that it promises to notice. */
    List<Mutant> mutants();

    /**
     * Hunts one of its {@link #mutants} with the fewest runs that show it. The same hunt on
     * {@linkplain MutantClasses#unchanged() unchanged classes} must come back with nothing.
     *
     * @return how it was noticed; nothing if it was not
     * @throws IOException if the harness itself fails: then nothing is proved
     */
    Optional<String> hunt(Mutant mutant, MutantClasses classes, LevelContext context)
            throws IOException, InterruptedException;

    /** The surroundings that it must not be at ease in. */
    default List<Canary> canaries() {
        return List.of();
    }
}
