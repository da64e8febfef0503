package dev.nori.wal.crash.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.Canary;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelsTest {
    @TempDir
    private Path folder;

    @Test
    void haveMutantsThatCanBeMadeOfTheLibraryAsItIs() throws IOException {
        Path sources = MutantClasses.findSources();
        for (Mutant mutant : mutants()) {
            Path target = Files.createTempDirectory(folder, "classes");
            MutantClasses.of(mutant, sources, target);
            try (Stream<Path> changed = Files.walk(target)) {
                assertTrue(changed.anyMatch(file -> file.toString().endsWith(".class")), mutant.name());
            }
        }
    }

    @Test
    void nameThemselvesAsTheOnesThatCatch() {
        for (Level level : Levels.all()) {
            for (Mutant mutant : level.mutants()) assertEquals(level.name(), mutant.caughtBy(), mutant.name());
            for (Canary canary : level.canaries()) assertEquals(level.name(), canary.caughtBy(), canary.name());
        }
    }

    @Test
    void giveEachOfTheirMutantsANameOfItsOwn() {
        for (Level level : Levels.all()) { // the same change may be shown by two levels
            List<String> names = level.mutants().stream().map(Mutant::name).toList();
            assertEquals(names.stream().distinct().toList(), names);
        }
    }

    private static List<Mutant> mutants() {
        return Levels.all().stream().flatMap(level -> level.mutants().stream()).toList();
    }
}
