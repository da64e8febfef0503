package dev.nori.wal.crash.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultLevelTest {
    private static final long SEED = 20_265;

    @TempDir
    private Path folder;

    private final FaultLevel level = new FaultLevel();

    @Test
    void isNeverMissing() {
        assertEquals(Optional.empty(), level.missing());
    }

    @Test
    void losesNothingWhenItsFilesMayNotGrow() throws IOException, InterruptedException {
        assumeTrue(new LimitPart(SEED).missing().isEmpty());
        Setting setting = new Setting(FsyncPolicy.always(), IoMode.BUFFERED);
        FaultOutcome outcome = new LimitTrial(setting, MutantClasses.unchanged(), folder, SEED).run();
        assertEquals(Optional.empty(), outcome.trial().wrong(), "seed " + SEED);
        assertTrue(outcome.trial().matrix().total().recovered() > 0);
    }

    @Test
    void noticesTheFirstOfItsMutants() throws IOException, InterruptedException {
        Mutant mutant = level.mutants().getFirst();
        MutantClasses classes = MutantClasses.of(mutant, MutantClasses.findSources(), folder.resolve("classes"));
        LevelContext context = LevelContext.brief(SEED, folder, System.out);
        assertTrue(level.hunt(mutant, classes, context).orElseThrow().contains("nobody was told"));
    }
}
