package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.SalvageReport;
import dev.nori.wal.Verdict;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.damage.SmallLog.Ending;
import dev.nori.wal.frame.SegmentName;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every log that is refused as damaged is salvaged. {@code make damage} takes every bit and every cut. */
class SalvageOfASmallLogTest {
    private static final boolean ALL = System.getProperty("nori.damage", "some").equals("all");
    private static final int SHOWN = 12;

    private static void assertHolds(SalvageExamination examination) {
        System.out.println("salvaged: " + examination.verdicts() + ", fewest records " + examination.fewest());
        List<String> shown = examination.findings().stream().limit(SHOWN).toList();
        assertTrue(shown.isEmpty(), examination.findings().size() + " findings\n" + String.join("\n", shown));
    }

    private interface Way {
        void apply(Damage damage, String name, BiConsumer<Image, String> examine);
    }

    private static SalvageExamination everyFile(SmallLog log, Way way) {
        SalvageExamination examination = new SalvageExamination(log);
        Damage damage = new Damage(log.image());
        for (String name : log.image().files().keySet()) way.apply(damage, name, examination::examine);
        return examination;
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackAllThatCanBeProvedAfterABitFlipped(Ending ending) throws Exception {
        assertHolds(everyFile(
                SmallLog.ending(ending),
                ALL ? Damage::bits : (damage, name, examine) -> damage.oneOf(23, name, examine)));
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackAllThatCanBeProvedAfterACut(Ending ending) throws Exception {
        assertHolds(everyFile(
                SmallLog.ending(ending), (damage, name, examine) -> damage.cuts(name, ALL ? 1 : 307, examine)));
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackAllThatCanBeProvedWithoutASector(Ending ending) throws Exception {
        assertHolds(everyFile(SmallLog.ending(ending), Damage::zeroed));
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackAllThatCanBeProvedWithAFileRemovedOrInAnothersPlace(Ending ending) throws Exception {
        SmallLog log = SmallLog.ending(ending);
        SalvageExamination examination = new SalvageExamination(log);
        new Damage(log.image()).removals(examination::examine);
        new Damage(log.image()).exchanges(examination::examine);
        assertHolds(examination);
        assertTrue(examination.verdicts().containsKey("Gap"), "no gap");
    }

    /** Killed before each change in turn; the second call, or the next open, gets there. */
    @Test
    void endsWhereItWouldHaveEndedAfterAKillAtAnyMoment() throws Exception {
        SmallLog log = SmallLog.ending(Ending.CLOSED);
        Image damaged = log.image().changed(SegmentName.of(1), bytes -> {
            bytes[4500] ^= 1;
            return bytes;
        });
        ImageStorage whole = new ImageStorage(damaged);
        SalvageReport expected = Assembly.salvage(whole, new ImageAnnexes());
        assertTrue(expected.verdict() instanceof Verdict.Corrupt);
        long changes = whole.changes();
        assertTrue(changes > 5, changes + " changes");
        for (int kill = 0; kill < changes; kill++) {
            ImageStorage storage = new ImageStorage(damaged);
            ImageAnnexes annexes = new ImageAnnexes();
            storage.dieBefore(kill);
            try {
                Assembly.salvage(storage, annexes);
            } catch (RuntimeException killed) {
                storage.dieBefore(Long.MAX_VALUE);
            }
            Assembly.salvage(storage, annexes);
            var wal = SmallLog.open(storage);
            assertEquals(expected.keptNextSequence(), wal.recovery().nextSequence(), "killed before change " + kill);
            boolean kept = annexes.folders().values().stream()
                    .anyMatch(aside ->
                            java.util.Arrays.equals(damaged.bytes(SegmentName.of(1)), aside.bytes(SegmentName.of(1))));
            assertTrue(kept, "no copy, killed before change " + kill);
            assertTrue(
                    annexes.folders().keySet().stream().anyMatch(name -> name.contains("/records-")),
                    "no islands, killed before change " + kill);
        }
    }

    @Test
    void losesNothingToAKillAtAnyMoment() throws Exception {
        assertEquals(List.of(), new SalvageExplorer().explore());
    }

    @ParameterizedTest
    @EnumSource
    void changesNothingOfASoundLog(Ending ending) throws Exception {
        ImageStorage storage = new ImageStorage(SmallLog.ending(ending).image());
        ImageAnnexes annexes = new ImageAnnexes();
        SalvageReport report = Assembly.salvage(storage, annexes);
        assertTrue(report.verdict() instanceof Verdict.Sound, report.toString());
        assertEquals(0, storage.changes());
        assertTrue(annexes.folders().isEmpty());
    }

    @Test
    void isPlannedWithoutChangingAnything() throws Exception {
        Image damaged = SmallLog.ending(Ending.CLOSED).image().without(SegmentName.of(1));
        ImageStorage storage = new ImageStorage(damaged);
        ImageAnnexes annexes = new ImageAnnexes();
        SalvageReport plan = Assembly.planSalvage(storage, annexes);
        assertEquals(0, storage.changes());
        assertTrue(annexes.folders().isEmpty());
        assertEquals(plan, Assembly.salvage(storage, annexes));
        assertTrue(plan.verdict() instanceof Verdict.Gap gap && gap.segment() == 1, plan.toString());
    }
}
