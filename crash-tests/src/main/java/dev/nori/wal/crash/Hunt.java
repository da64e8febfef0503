package dev.nori.wal.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The little that shows a mutant. Equal hunts are the same hunt: on the unchanged library one of them is made for all. */
public interface Hunt {
    /** How often it is tried, at most; where luck has a part in it, one try in two or three shows the mutant. */
    int attempts();

    /**
     * Tries once.
     *
     * @param directory for files, empty
     * @return what was noticed; nothing if all was well
     * @throws IOException if the harness itself fails: then nothing is proved
     */
    Optional<String> attempt(MutantClasses classes, Path directory, long seed) throws IOException, InterruptedException;
}
