package dev.nori.wal.crash.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few seconds of it; {@code CrashRun} has the rest. */
class SimulationLevelTest {
    private static final long SEED = 20_264;

    @TempDir
    private Path folder;

    private final SimulationLevel level = new SimulationLevel();

    @Test
    void losesAndInventsNothing() {
        LevelResult result = level.run(context(), 2);
        assertEquals(List.of(), result.findings(), "seed " + SEED);
        assertTrue(result.matrix().total().isClean());
        assertTrue(result.matrix().total().crashes() > 0);
    }

    @Test
    void noticesAnAcknowledgementBeforeTheSync() throws IOException {
        Mutant mutant = level.mutants().stream()
                .filter(any -> any.name().equals("acknowledged before the sync"))
                .findFirst()
                .orElseThrow();
        MutantClasses classes = MutantClasses.of(mutant, MutantClasses.findSources(), folder.resolve("classes"));
        assertTrue(level.hunt(mutant, classes, context()).isPresent());
        assertEquals(Optional.empty(), level.hunt(mutant, MutantClasses.unchanged(), context()));
    }

    @Test
    void findsTheTextOfEveryMutantInTheLibrary() throws IOException {
        Path sources = MutantClasses.findSources();
        for (Mutant mutant : level.mutants()) {
            Path target = Files.createTempDirectory(folder, "classes");
            assertTrue(Files.exists(
                    MutantClasses.of(mutant, sources, target).path().getFirst()));
        }
    }

    private LevelContext context() {
        return LevelContext.brief(SEED, folder, System.out);
    }
}
