package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.io.IoFailure;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Holds the disk against the naive way to say the same: for each sector the set of letters it may show. */
class EverySequenceOfCallsTest {
    private static final int SECTORS = 4;

    private final List<Set<Character>> legal = new ArrayList<>();
    private final char[] newest = ".".repeat(SECTORS).toCharArray();
    private final SimDisk disk = new SimDisk();
    private final SimFile file;

    EverySequenceOfCallsTest() throws IoFailure {
        file = disk.storage().create("f");
        file.allocate((long) SECTORS * Sectors.BYTES);
        file.sync();
        disk.storage().syncDirectory();
        for (int i = 0; i < SECTORS; i++) legal.add(new TreeSet<>(Set.of('.')));
    }

    @Property(tries = 300)
    void leavesEachSectorEveryContentItHadSinceItWasDurableAndNoOther(
            @ForAll @Size(max = 12) List<@IntRange(max = 39) Integer> calls) throws IoFailure {
        char letter = 'a';
        for (int call : calls) perform(call / SECTORS, call % SECTORS, letter++);

        List<Set<Character>> shown = new ArrayList<>();
        for (int i = 0; i < SECTORS; i++) shown.add(new TreeSet<>());
        for (String image : Sectors.all(disk.journal().last().powerCuts(200_000, 1), "f")) {
            assertEquals(SECTORS, image.length(), image);
            for (int i = 0; i < SECTORS; i++) shown.get(i).add(image.charAt(i));
        }
        assertEquals(legal, shown);
    }

    @Property(tries = 300)
    void givesTheSameStateToALiveDiskAndToAReplayOfItsJournal(
            @ForAll @Size(max = 12) List<@IntRange(max = 39) Integer> calls) throws IoFailure {
        List<String> seen = new ArrayList<>(List.of(Sectors.read(file)));
        List<CrashPoint> points = new ArrayList<>(List.of(disk.journal().last()));
        char letter = 'a';
        for (int call : calls) {
            perform(call / SECTORS, call % SECTORS, letter++);
            seen.add(Sectors.read(file));
            points.add(disk.journal().last());
        }
        for (int i = 0; i < seen.size(); i++) {
            SimDisk killed = points.get(i).kills(2, 1).disk(0);
            assertEquals(seen.get(i), Sectors.read(killed.storage(), "f"));
            CrashStates cuts = points.get(i).powerCuts(16, 1);
            assertTrue(Sectors.all(cuts, "f").contains(seen.get(i)), "nothing lost is legal at " + points.get(i));
        }
    }

    /** Two of ten calls sync, two write durably, the rest write. */
    private void perform(int kind, int sector, char letter) throws IoFailure {
        long offset = (long) sector * Sectors.BYTES;
        MemorySegment data = Sectors.of(String.valueOf(letter));
        if (kind < 2) {
            file.sync();
            for (int i = 0; i < SECTORS; i++) settle(i);
            return;
        }
        if (kind < 4) file.writeDurably(offset, data);
        else file.write(offset, data);
        newest[sector] = letter;
        legal.get(sector).add(letter);
        if (kind < 4) settle(sector);
    }

    private void settle(int sector) {
        legal.get(sector).clear();
        legal.get(sector).add(newest[sector]);
    }
}
