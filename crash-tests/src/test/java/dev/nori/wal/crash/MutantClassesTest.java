package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantClassesTest {
    private static final String POSITION = "dev/nori/wal/Position.java";

    @TempDir
    private Path folder;

    @Test
    void haveTheChange() throws Exception {
        MutantClasses classes = MutantClasses.of(loudPosition(), MutantClasses.findSources(), folder);
        Class<?> position = classes.newLoader().loadClass(Position.class.getName());
        assertNotSame(Position.class, position);
        assertEquals("!7", position.getConstructor(long.class).newInstance(7L).toString());
        assertEquals("@7", new Position(7).toString());
    }

    @Test
    void comeFirstOnTheClassPathOfAChild() throws IOException {
        MutantClasses classes = MutantClasses.of(loudPosition(), MutantClasses.findSources(), folder);
        assertTrue(classes.classPath().startsWith(folder.toString()), classes.classPath());
    }

    @Test
    void areRefusedIfTheTextIsNotThere() {
        assertRefused("does not contain \"return nothing\"", new Edit(POSITION, "return nothing", ""));
    }

    @Test
    void areRefusedIfTheTextIsThereTwice() {
        assertRefused("contains \"long\" more than once", new Edit(POSITION, "long", "int"));
    }

    @Test
    void areRefusedIfTheyDoNotCompile() {
        assertRefused("does not compile", new Edit(POSITION, "\"@\" + bytes", "nonsense"));
    }

    @Test
    void canChangeOneFileInTwoPlaces() throws IOException {
        Edit one = new Edit(POSITION, "\"@\"", "\"!\"");
        Edit two = new Edit(POSITION, "must be >= 0", "must not be negative");
        Mutant both = new Mutant("twice", List.of(one, two), "", "");
        assertEquals(
                folder,
                MutantClasses.of(both, MutantClasses.findSources(), folder)
                        .path()
                        .getFirst());
    }

    private static Mutant loudPosition() {
        return Mutant.of("loud", POSITION, "\"@\" + bytes", "\"!\" + bytes", "", "");
    }

    private void assertRefused(String why, Edit edit) {
        Mutant mutant = new Mutant("this one", List.of(edit), "", "");
        IOException e =
                assertThrows(IOException.class, () -> MutantClasses.of(mutant, MutantClasses.findSources(), folder));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("mutant 'this one': "), message);
        assertTrue(message.contains(why), message);
    }
}
