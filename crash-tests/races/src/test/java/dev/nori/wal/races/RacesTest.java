package dev.nori.wal.races;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.nori.wal.crash.MutantClasses;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacesTest {
    @Test
    void everyMutantFitsTheSourcesAndCompiles(@TempDir Path folder) throws IOException {
        Path sources = MutantClasses.findSources();
        for (Races.Hunt hunt : Races.hunts()) {
            Path target = folder.resolve(hunt.race().getSimpleName());
            assertFalse(MutantClasses.of(hunt.mutant(), sources, target).path().isEmpty());
        }
    }
}
