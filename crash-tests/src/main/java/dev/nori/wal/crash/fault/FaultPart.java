package dev.nori.wal.crash.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One means of this level to let something go wrong. */
interface FaultPart {
    /** In a word or two. */
    String name();

    /** How many trials a short run has. */
    int brief();

    /** Why it cannot run on this machine; nothing if it can. */
    Optional<String> missing();

    /** Pieces of it that cannot run here, each with its reason. */
    default List<String> skips() {
        return List.of();
    }

    /**
     * Carries out a trial.
     *
     * @param number among those of this part
     * @param directory its own, there already
     * @throws IOException if the harness itself fails
     */
    FaultOutcome run(int number, Path directory) throws IOException, InterruptedException;
}
