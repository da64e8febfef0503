package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.damage.Examination.End;
import dev.nori.wal.damage.SmallLog.Ending;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every damage, one at a time. Every sector and file always; bits and cuts are too many for every run, which takes some of them.
 * {@code make damage} takes all.
 */
class EveryDamageOfASmallLogTest {
    private static final boolean ALL = System.getProperty("nori.damage", "some").equals("all");
    private static final int SHOWN = 12;

    private interface Way {
        void apply(Damage damage, String name, BiConsumer<Image, String> examine);
    }

    private static Examination everyFile(SmallLog log, Way way) {
        Examination examination = new Examination(log);
        Damage damage = new Damage(log.image());
        for (String name : log.image().files().keySet()) way.apply(damage, name, examination::examine);
        return examination;
    }

    private static void assertHolds(Examination examination) {
        System.out.println(examination.counts() + " " + examination.verdicts());
        String shown =
                String.join("\n", examination.findings().stream().limit(SHOWN).toList());
        assertTrue(examination.findings().isEmpty(), examination.findings().size() + " findings\n" + shown);
    }

    @ParameterizedTest
    @EnumSource
    void givesBackTrueRecordsOnlyAfterABitFlipped(Ending ending) throws Exception {
        Examination examination = everyFile(SmallLog.ending(ending), ALL ? Damage::bits : Damage::someBits);
        assertHolds(examination);
        assertTrue(examination.count(End.REFUSED) > 100, "hardly any was refused");
        assertTrue(examination.count(End.WHOLE) > 100, "hardly any came back whole");
    }

    @ParameterizedTest
    @EnumSource
    void givesBackTrueRecordsOnlyAfterACut(Ending ending) throws Exception {
        assertHolds(everyFile(
                SmallLog.ending(ending), (damage, name, examine) -> damage.cuts(name, ALL ? 1 : 97, examine)));
    }

    @ParameterizedTest
    @EnumSource
    void givesBackTrueRecordsOnlyWithoutASector(Ending ending) throws Exception {
        assertHolds(everyFile(SmallLog.ending(ending), Damage::zeroed));
    }

    @ParameterizedTest
    @EnumSource
    void givesBackTrueRecordsOnlyWithASectorTwice(Ending ending) throws Exception {
        assertHolds(everyFile(SmallLog.ending(ending), Damage::duplicated));
    }

    @ParameterizedTest
    @EnumSource
    void givesBackTrueRecordsOnlyWithTwoSectorsSwapped(Ending ending) throws Exception {
        assertHolds(everyFile(SmallLog.ending(ending), Damage::swapped));
    }

    @ParameterizedTest
    @EnumSource
    void givesBackTrueRecordsOnlyWithAFileRemovedOrInAnothersPlace(Ending ending) throws Exception {
        SmallLog log = SmallLog.ending(ending);
        Examination examination = new Examination(log);
        new Damage(log.image()).removals(examination::examine);
        new Damage(log.image()).exchanges(examination::examine);
        assertHolds(examination);
    }

    /** After a power cut an earlier file may hold more than the later one. */
    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "KILLED"})
    void givesBackTrueRecordsOnlyWithASegmentAsItWasEarlier(Ending ending) throws Exception {
        SmallLog log = SmallLog.ending(ending);
        Examination examination = new Examination(log);
        int older = 0;
        for (Image earlier : SmallLog.earlier()) {
            for (String name : earlier.files().keySet()) {
                boolean same =
                        Arrays.equals(earlier.bytes(name), log.image().files().get(name));
                if (!name.endsWith(".wal") || same) continue;
                examination.examine(
                        log.image().with(name, earlier.bytes(name)), name + " as it was earlier, " + older++);
            }
        }
        assertHolds(examination);
        assertTrue(older > 1, older + " segments were other ones");
    }

    @Test
    void isExaminedOnLogsOfThreeSegmentsWithTornAndStagedEnds() throws Exception {
        SmallLog closed = SmallLog.ending(Ending.CLOSED);
        SmallLog killed = SmallLog.ending(Ending.KILLED);
        SmallLog cut = SmallLog.ending(Ending.POWER_CUT);
        assertEquals(closed.entries(), killed.entries());
        assertTrue(cut.entries().size() < killed.entries().size(), "the power cut tore nothing off");
        long end = killed.entries().getLast().next().bytes();
        assertTrue(killed.durable() < end, "a killed log has records that are not durable");
        assertTrue(closed.durable() >= end, "a closed log is durable");
    }
}
