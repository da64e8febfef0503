package dev.nori.wal.crash;

import java.util.List;

/**
 * A small change of the library that breaks a promise, and that a level must notice.
 *
 * @param name a few words
 * @param edits of its sources; each file once or more
 * @param breaks the promise
 * @param caughtBy the level, such as L1
 */
public record Mutant(String name, List<Edit> edits, String breaks, String caughtBy) {
    /** One change in one file. */
    public static Mutant of(String name, String file, String find, String replace, String breaks, String caughtBy) {
        return new Mutant(name, List.of(new Edit(file, find, replace)), breaks, caughtBy);
    }
}
