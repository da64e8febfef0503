package dev.nori.wal.crash.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.Canary;
import dev.nori.wal.crash.Hunt;
import dev.nori.wal.crash.Hunted;
import dev.nori.wal.crash.Hunts;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Matrix;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.run.MutantTable.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantTableTest {
    private static final Selection ALL = new Selection("", Integer.MAX_VALUE);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** A hunt that sees a change of the classes, or sees none. */
    private static final class Eyes implements Hunt {
        private final boolean open;
        private final List<MutantClasses> seen;

        Eyes(boolean open, List<MutantClasses> seen) {
            this.open = open;
            this.seen = seen;
        }

        @Override
        public int attempts() {
            return 3;
        }

        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed) {
            seen.add(classes);
            return open && !classes.equals(MutantClasses.unchanged()) ? Optional.of("a change") : Optional.empty();
        }
    }

    /** A hunt that always says the same. */
    private record Saying(Optional<String> words) implements Hunt {
        @Override
        public int attempts() {
            return 1;
        }

        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed) {
            return words;
        }
    }

    private record FakeLevel(Hunts hunts, List<Canary> canaries) implements Level {
        FakeLevel(List<Hunted> table, List<Canary> canaries) {
            this(new Hunts(table), canaries);
        }

        @Override
        public String name() {
            return "L9";
        }

        @Override
        public String title() {
            return "fake";
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public LevelResult run(LevelContext context) {
            return new LevelResult(new Matrix(), List.of(), List.of(), List.of());
        }

        @Override
        public List<Mutant> mutants() {
            return hunts.mutants();
        }

        @Override
        public Optional<String> hunt(Mutant mutant, MutantClasses classes, LevelContext context)
                throws IOException, InterruptedException {
            return hunts.hunt(mutant, classes, context);
        }
    }

    @Test
    void countsAMutantThatIsNoticedOnlyWithItsChange() throws IOException, InterruptedException {
        MutantTable table = hunt(ALL, new Hunted(mutant("one"), new Eyes(true, new ArrayList<>())));
        assertEquals(1, table.caught());
        assertTrue(table.isClean());
    }

    @Test
    void isNotCleanIfAMutantIsMissed() throws IOException, InterruptedException {
        MutantTable table = hunt(ALL, new Hunted(mutant("one"), new Eyes(false, new ArrayList<>())));
        assertEquals(0, table.caught());
        assertFalse(table.isClean());
    }

    @Test
    void isNotCleanIfAHuntCriesWolf() throws IOException, InterruptedException {
        MutantTable table = hunt(ALL, new Hunted(mutant("one"), new Saying(Optional.of("wolf"))));
        assertEquals(0, table.caught());
        assertTrue(printed(table).contains("without the change too: wolf"));
    }

    @Test
    void isNotCleanIfAMutantCannotBeMade() throws IOException, InterruptedException {
        Mutant gone = Mutant.of("gone", "dev/nori/wal/Wal.java", "no such text", "", "a promise", "L9");
        MutantTable table = hunt(ALL, new Hunted(gone, new Saying(Optional.of("whatever"))));
        assertFalse(table.isClean());
        assertTrue(printed(table).contains("no such text"));
    }

    @Test
    void repeatsOnTheUnchangedLibraryOnceWhatShowedTheMutants() throws IOException, InterruptedException {
        List<MutantClasses> seen = new ArrayList<>();
        Hunt shared = new Eyes(true, seen);
        hunt(ALL, new Hunted(mutant("one"), shared), new Hunted(mutant("two"), shared));
        long onUnchanged =
                seen.stream().filter(MutantClasses.unchanged()::equals).count();
        assertEquals(1, onUnchanged);
    }

    @Test
    void huntsNoMoreOfALevelThanWasAskedFor() throws IOException, InterruptedException {
        Hunt shared = new Eyes(true, new ArrayList<>());
        MutantTable table =
                hunt(new Selection("", 1), new Hunted(mutant("one"), shared), new Hunted(mutant("two"), shared));
        assertEquals(1, table.size());
    }

    @Test
    void countsACanaryThatFallsOffItsPerch() throws InterruptedException {
        MutantTable table = watch(new Saying(Optional.of("gas")), new Saying(Optional.empty()));
        assertEquals(1, table.caught());
        assertTrue(table.isClean());
    }

    @Test
    void isNotCleanIfACanaryGoesOnSinging() throws InterruptedException {
        assertFalse(watch(new Saying(Optional.empty()), new Saying(Optional.empty()))
                .isClean());
    }

    @Test
    void isNotCleanIfACanaryFallsInGoodAir() throws InterruptedException {
        assertFalse(watch(new Saying(Optional.of("gas")), new Saying(Optional.of("air")))
                .isClean());
    }

    private MutantTable hunt(Selection selection, Hunted... table) throws IOException, InterruptedException {
        MutantTable result = new MutantTable(selection);
        result.hunt(new FakeLevel(List.of(table), List.of()), MutantClasses.findSources(), context());
        return result;
    }

    private MutantTable watch(Hunt broken, Hunt sound) throws InterruptedException {
        MutantTable result = new MutantTable(ALL);
        Canary canary = new Canary("bad air", "breathing", "L9", broken, sound);
        result.watch(new FakeLevel(List.of(), List.of(canary)), context());
        return result;
    }

    private static Mutant mutant(String name) {
        return Mutant.of(name, "dev/nori/wal/Position.java", "bytes < 0", "bytes < -1", "a promise", "L9");
    }

    private LevelContext context() {
        return LevelContext.brief(1, folder, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed(MutantTable table) {
        table.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
