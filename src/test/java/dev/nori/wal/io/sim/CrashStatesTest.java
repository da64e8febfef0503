package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrashStatesTest {
    private final SimDisk disk = new SimDisk();

    /**
     * Three sectors into a new file, the second of them twice. The name is lost: 1. The name is kept and the
     * size is not: 1. Both are kept, and the sectors have 2, 3 and 2 contents: 12.
     */
    @Test
    void areAsManyAsOneCountsByHand() throws IoFailure {
        SimFile file = disk.storage().create("f");
        file.write(0, Sectors.of("abc"));
        file.write(512, Sectors.of("d"));

        CrashStates states = disk.journal().last().powerCuts(1000, 1);
        assertTrue(states.exhaustive());
        assertEquals(14, states.count());
        assertEquals(14, states.legal());
        assertEquals(14, Sectors.all(states, "f").size());
    }

    @Test
    void beginWithTheOneThatLostAllAndEndWithTheOneThatKeptAll() throws IoFailure {
        disk.storage().create("f").write(0, Sectors.of("abc"));

        CrashStates states = disk.journal().last().powerCuts(1000, 1);
        assertEquals("none", Sectors.read(states.disk(0).storage(), "f"));
        assertEquals("abc", Sectors.read(states.disk(states.count() - 1).storage(), "f"));
    }

    @Test
    void areDrawnFromTheLegalOnesWhenTheyAreTooMany() throws IoFailure {
        SimFile file = FileAfterAPowerCutTest.durableFile(disk, "aaaaaaaa");
        file.write(0, Sectors.of("bbbb"));
        file.write(512, Sectors.of("cccc"));
        Set<String> legal = Sectors.all(disk.journal().last().powerCuts(1000, 1), "f");

        CrashStates drawn = disk.journal().last().powerCuts(50, 1);
        assertFalse(drawn.exhaustive());
        assertEquals(50, drawn.count());
        assertTrue(legal.containsAll(Sectors.all(drawn, "f")));
        assertEquals("aaaaaaaa", Sectors.read(drawn.disk(0).storage(), "f"));
        assertEquals("bccccaaa", Sectors.read(drawn.disk(1).storage(), "f"));
    }

    @Test
    void reachEveryLegalOneSoonerOrLater() throws IoFailure {
        SimFile file = FileAfterAPowerCutTest.durableFile(disk, "aaaa");
        file.write(0, Sectors.of("bb"));
        file.write(512, Sectors.of("cc"));
        Set<String> legal = Sectors.afterPowerCut(disk, "f");

        Set<String> drawn = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            drawn.addAll(Sectors.all(disk.journal().last().powerCuts(5, seed), "f"));
        }
        assertEquals(legal, drawn);
    }

    @Test
    void areTheSameForTheSameSeed() throws IoFailure {
        SimFile file = FileAfterAPowerCutTest.durableFile(disk, "a".repeat(32));
        file.write(0, Sectors.of("b".repeat(32)));

        assertEquals(contents(7), contents(7));
        assertNotEquals(contents(7), contents(8));
    }

    @Test
    void areTheSameWhateverHappensAfterwardsAndInWhateverOrderTheyAreTaken() throws IoFailure {
        SimFile file = FileAfterAPowerCutTest.durableFile(disk, "aaaa");
        file.write(0, Sectors.of("b"));
        CrashPoint point = disk.journal().last();
        Set<String> before = Sectors.all(point.powerCuts(100, 1), "f");
        file.write(0, Sectors.of("c"));
        file.sync();
        Sectors.afterPowerCut(disk, "f");

        assertEquals(before, Sectors.all(disk.journal().point(point.events()).powerCuts(100, 1), "f"));
    }

    @Test
    void doNotTouchTheDiskTheyAreTakenFromNorEachOther() throws IoFailure {
        SimFile file = FileAfterAPowerCutTest.durableFile(disk, "aaaa");
        file.write(0, Sectors.of("b"));
        CrashStates states = disk.journal().last().powerCuts(100, 1);
        for (SimDisk state : states) {
            state.storage().open("f", Access.WRITE).writeDurably(0, Sectors.of("zzzzz"));
        }

        assertEquals("baaa", Sectors.read(file));
        assertEquals(Set.of("aaaa", "baaa"), Sectors.all(states, "f"));
    }

    @Test
    void canBeCutOffAgain() throws IoFailure {
        FileAfterAPowerCutTest.durableFile(disk, "aaaa").write(0, Sectors.of("b"));
        SimDisk recovering = disk.journal().last().powerCuts(100, 1).disk(0);
        recovering.storage().open("f", Access.WRITE).write(512, Sectors.of("c"));

        assertEquals(Set.of("aaaa", "acaa"), Sectors.afterPowerCut(recovering, "f"));
        assertEquals(3, recovering.journal().points().size());
    }

    @Test
    void existAtEveryMomentOfTheJournal() throws IoFailure {
        SimFile file = disk.storage().create("f");
        file.write(0, Sectors.of("a"));
        file.sync();
        disk.storage().syncDirectory();

        List<Long> counts = new ArrayList<>();
        for (CrashPoint point : disk.journal().points())
            counts.add(point.powerCuts(1000, 1).legal());
        // nothing; create begins, ends; write begins, ends; sync begins, ends; directory sync begins, ends
        assertEquals(List.of(1L, 2L, 2L, 4L, 4L, 4L, 2L, 2L, 1L), counts);
    }

    @Test
    void nameWhatIsNeededToHaveThemAgain() throws IoFailure {
        disk.storage().create("f");
        disk.note("acknowledged");

        CrashPoint point = disk.journal().last();
        assertEquals("acknowledged", point.lastNote(String.class).orElseThrow());
        assertEquals(
                "power cut at point 4 (after note acknowledged), state 1 of 2, limit 10, seed 3",
                point.powerCuts(10, 3).describe(1));
    }

    private List<String> contents(long seed) throws IoFailure {
        List<String> contents = new ArrayList<>();
        for (SimDisk state : disk.journal().last().powerCuts(20, seed)) {
            contents.add(Sectors.read(state.storage(), "f"));
        }
        return contents;
    }
}
