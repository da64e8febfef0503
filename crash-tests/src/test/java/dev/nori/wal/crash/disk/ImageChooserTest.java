package dev.nori.wal.crash.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageChooserTest {
    private static final int SECTOR = 512;
    private static final long SEED = 42;
    private static final int STATES = 300;

    private final DiskImage blank = DiskImage.blank(64 << 10, SECTOR);

    @Test
    void keepsEverythingBeforeTheLastFlushWhateverTheLoss() {
        DiskLog log = log(write(0, 1, 8), new DiskEvent.Flush(), write(8, 2, 8));
        for (Loss loss : Loss.values()) {
            for (int i = 0; i < 50; i++) {
                DiskImage image = chooser(log).choose(log.size(), i, loss).image();
                assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1), sectors(image, 0, 8), loss + " " + i);
            }
        }
    }

    @Test
    void losesAllVolatileWritesOrKeepsAllOfThem() {
        DiskLog log = log(write(0, 1, 1), new DiskEvent.Flush(), write(0, 2, 1), write(3, 3, 1));
        CutImage lost = chooser(log).choose(4, 0, Loss.ALL_LOST);
        CutImage kept = chooser(log).choose(4, 0, Loss.ALL_KEPT);
        assertEquals(List.of(1, 0, 0, 0), sectors(lost.image(), 0, 4));
        assertEquals(List.of(2, 0, 0, 3), sectors(kept.image(), 0, 4));
        assertEquals(2, kept.volatileUnits());
        assertEquals(2, kept.keptUnits());
    }

    @Test
    void keepsALaterWriteWhileAnEarlierOneIsLost() {
        DiskLog log = log(write(0, 1, 1), write(5, 2, 1));
        for (Loss loss : List.of(Loss.SOME_WRITES, Loss.SOME_UNITS, Loss.ANY_VERSION)) {
            assertTrue(outcomes(log, loss, 0, 6).contains(List.of(0, 0, 0, 0, 0, 2)), loss.name());
        }
    }

    @Test
    void keepsAnyVersionOfASectorThatWasWrittenOften() {
        DiskLog log = log(write(0, 1, 1), write(0, 2, 1), write(0, 3, 1));
        Set<List<Integer>> expected = Set.of(List.of(0), List.of(1), List.of(2), List.of(3));
        assertEquals(expected, outcomes(log, Loss.ANY_VERSION, 0, 1));
    }

    @Test
    void tearsTheLastWriteOfAPrefixAtASector() {
        DiskLog log = log(write(0, 1, 2), write(4, 2, 3));
        Set<List<Integer>> expected = Set.of(
                List.of(0, 0, 0, 0, 0, 0, 0),
                List.of(1, 0, 0, 0, 0, 0, 0),
                List.of(1, 1, 0, 0, 0, 0, 0),
                List.of(1, 1, 0, 0, 2, 0, 0),
                List.of(1, 1, 0, 0, 2, 2, 0),
                List.of(1, 1, 0, 0, 2, 2, 2));
        assertEquals(expected, outcomes(log, Loss.TORN, 0, 7));
    }

    @Test
    void neverTearsInsideALargerUnit() {
        DiskLog log = log(write(0, 1, 16), write(8, 2, 8));
        ImageChooser whole = new ImageChooser(log, SEED, Tearing.at(4096));
        for (int i = 0; i < STATES; i++) {
            CutImage state = whole.choose(log.size(), i);
            for (int first : new int[] {0, 8}) {
                List<Integer> unit = sectors(state.image(), first, 8);
                assertEquals(1, new HashSet<>(unit).size(), state.describe() + " " + unit);
            }
        }
    }

    @Test
    void neverTearsARangeThatIsToStayWhole() {
        DiskLog log = log(write(0, 1, 8), write(0, 2, 8));
        ImageChooser whole = new ImageChooser(log, SEED, new Tearing(512, 1024, 2048));
        Set<List<Integer>> seen = new HashSet<>();
        for (int i = 0; i < STATES; i++)
            seen.add(sectors(whole.choose(log.size(), i).image(), 2, 2));
        assertEquals(Set.of(List.of(0, 0), List.of(1, 1), List.of(2, 2)), seen);
    }

    @Test
    void isReplayedFromItsSeeds() {
        DiskLog log = log(write(0, 1, 8), write(4, 2, 8), write(2, 3, 8));
        for (int i = 0; i < 50; i++) {
            CutImage once = chooser(log).choose(3, i);
            CutImage again = chooser(log).choose(3, i);
            assertEquals(once.describe(), again.describe());
            assertEquals(sectors(once.image(), 0, 16), sectors(again.image(), 0, 16));
        }
    }

    @Test
    void doesNotChangeWhatASeedMeans() {
        DiskLog log = log(write(0, 1, 8), write(4, 2, 8), write(2, 3, 8));
        List<String> states = new ArrayList<>();
        for (int i = 0; i < 3; i++) states.add(chooser(log).choose(3, i).describe());
        assertEquals(
                List.of(
                        "seed=42 cut=3 subset=0 loss=ALL_KEPT kept=12/12",
                        "seed=42 cut=3 subset=1 loss=TORN kept=12/12",
                        "seed=42 cut=3 subset=2 loss=SOME_UNITS kept=8/12"),
                states);
    }

    @Test
    void givesTheSameStatesInAnyOrderOfCutPoints() {
        DiskLog log = longLog();
        ImageChooser forward = chooser(log);
        ImageChooser jumping = chooser(log);
        for (int cutPoint = 0; cutPoint <= log.size(); cutPoint += 37) forward.choose(cutPoint, 0, Loss.ALL_LOST);
        for (int i = 0; i < 100; i++) {
            int cutPoint = (i * 7919) % (log.size() + 1);
            byte[] one = forward.choose(cutPoint, i).image().read(0, 64 << 10);
            byte[] other = jumping.choose(cutPoint, i).image().read(0, 64 << 10);
            assertArrayEquals(one, other);
        }
    }

    @Test
    void refusesACutPointOffTheLogAndAUnitBelowTheSector() {
        DiskLog log = log(write(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> chooser(log).choose(2, 0));
        assertThrows(IllegalArgumentException.class, () -> Tearing.at(256));
    }

    private static ImageChooser chooser(DiskLog log) {
        return new ImageChooser(log, SEED, Tearing.at(SECTOR));
    }

    private static Set<List<Integer>> outcomes(DiskLog log, Loss loss, int first, int count) {
        Set<List<Integer>> outcomes = new HashSet<>();
        for (int i = 0; i < STATES; i++) {
            outcomes.add(sectors(chooser(log).choose(log.size(), i, loss).image(), first, count));
        }
        return outcomes;
    }

    private DiskLog longLog() {
        List<DiskEvent> events = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            events.add(i % 7 == 6 ? new DiskEvent.Flush() : write((i * 31) % 120, i, 1 + i % 8));
        }
        return new DiskLog(blank, events);
    }

    private DiskLog log(DiskEvent... events) {
        return new DiskLog(blank, List.of(events));
    }

    private static DiskEvent write(int sector, int value, int sectors) {
        byte[] data = new byte[sectors * SECTOR];
        Arrays.fill(data, (byte) value);
        return new DiskEvent.Write((long) sector * SECTOR, data);
    }

    // The value that fills each sector; -1 if a sector is torn inside.
    private static List<Integer> sectors(DiskImage image, int first, int count) {
        List<Integer> values = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            byte[] sector = image.read((long) i * SECTOR, SECTOR);
            byte[] same = new byte[SECTOR];
            Arrays.fill(same, sector[0]);
            values.add(Arrays.equals(sector, same) ? (int) sector[0] : -1);
        }
        return values;
    }
}
