package dev.nori.wal.crash.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few seconds of it; {@code CrashRun} has the rest. */
class KillLevelTest {
    private static final long SEED = 20_261;

    @TempDir
    private Path folder;

    private final KillLevel level = new KillLevel();

    @Test
    void losesAndInventsNothing() throws IOException, InterruptedException {
        LevelResult result = level.run(context(), 2);
        assertEquals(List.of(), result.findings(), "seed " + SEED);
        assertTrue(result.matrix().total().isClean());
        assertTrue(result.matrix().total().crashes() > 0);
    }

    @Test
    void noticesTheFirstOfItsMutants() throws IOException, InterruptedException {
        Mutant mutant = level.mutants().getFirst();
        MutantClasses classes = MutantClasses.of(mutant, MutantClasses.findSources(), folder.resolve("classes"));
        assertTrue(level.hunt(mutant, classes, context()).orElseThrow().contains("lost"));
    }

    @Test
    void makesThePlanOfATrialFromTheSeedAlone() {
        assertEquals(KillPlan.ofTrial(SEED, 7), KillPlan.ofTrial(SEED, 7));
    }

    @Test
    void isNeverMissing() {
        assertEquals(Optional.empty(), level.missing());
    }

    private LevelContext context() {
        return LevelContext.brief(SEED, folder, System.out);
    }
}
