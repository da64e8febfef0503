package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.VerifyFinding;
import dev.nori.wal.VerifyOptions;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.damage.SmallLog.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a log that is damaged in every way there is, one at a time, looks like to who verifies it. Takes some of the ways; {@code make
 * damage} takes all.
 */
class VerifiedDamageTest {
    private static final boolean ALL = System.getProperty("nori.damage", "some").equals("all");
    private static final int SHOWN = 12;

    private final List<String> wrong = new ArrayList<>();
    private int seen;
    private int found;
    private int sound;

    @ParameterizedTest
    @EnumSource
    void isNoneInALogThatIsWhole(Ending ending) throws Exception {
        SmallLog log = SmallLog.ending(ending);
        VerifyReport report = verify(new ImageStorage(log.image()));
        assertEquals(List.of(), report.findings());
        assertEquals(log.entries().size(), report.records());
        assertEquals(log.entries().size(), report.nextSequence());
        assertEquals(0, report.valuesNotDecoded());
        LogEntry last = log.entries().getLast();
        assertTrue(report.end().bytes() >= last.next().bytes(), () -> report.end() + " is before " + last.next());
        boolean closed = report.ending() == VerifyReport.Ending.CLOSED;
        assertEquals(ending == Ending.CLOSED, closed);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundAfterABitFlipped(Ending ending) throws Exception {
        everyFile(SmallLog.ending(ending), Damage::someBits);
        assertTrue(found > 100, "only %d were found".formatted(found));
    }

    @ParameterizedTest
    @EnumSource
    void isFoundAfterACut(Ending ending) throws Exception {
        everyFile(SmallLog.ending(ending), (damage, name, examine) -> damage.cuts(name, 97, examine));
    }

    @ParameterizedTest
    @EnumSource
    void isFoundWhereASectorIsGone(Ending ending) throws Exception {
        everyFile(SmallLog.ending(ending), Damage::zeroed);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundWhereTwoSectorsAreSwapped(Ending ending) throws Exception {
        everyFile(SmallLog.ending(ending), Damage::swapped);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundWhereAFileIsGoneOrInAnothersPlace(Ending ending) throws Exception {
        SmallLog log = SmallLog.ending(ending);
        new Damage(log.image()).removals((image, what) -> examine(log, image, what));
        new Damage(log.image()).exchanges((image, what) -> examine(log, image, what));
        assertHolds();
    }

    /** In a log that was closed every byte of a frame, a header's fields and a footer was durable. */
    @Test
    void isFoundAtEveryByteThatSaysSomethingInALogThatWasClosed() throws Exception {
        SmallLog log = SmallLog.ending(Ending.CLOSED);
        int last = log.image().files().size();
        for (String name : log.image().files().keySet()) {
            if (!name.endsWith(".wal") || Claims.header(log.image().bytes(name)) == null) continue;
            new Damage(log.image()).someBits(name, (image, what) -> {
                Difference difference = new Difference(log.image(), image);
                boolean inFrames = difference.firstPosition()
                        < log.entries().getLast().next().bytes();
                int at = difference.offsetIn(name);
                boolean says = log.image().bytes(name)[at] != 0;
                VerifyReport report = verify(new ImageStorage(image));
                if (inFrames && says && report.isSound()) wrong.add(what + ": not found");
                if (report.findings().size() > 4) wrong.add(what + ": " + report.findings());
            });
        }
        assertTrue(last > 3);
        assertHolds();
    }

    private interface Way {
        void apply(Damage damage, String name, BiConsumer<Image, String> examine);
    }

    private void everyFile(SmallLog log, Way way) {
        Damage damage = new Damage(log.image());
        for (String name : log.image().files().keySet()) {
            way.apply(damage, name, (image, what) -> {
                if (seen++ % (ALL ? 1 : 7) == 0) examine(log, image, what);
            });
        }
        assertHolds();
    }

    /** What opening refuses or a reader meets is found, and names the damaged file; nothing is changed. */
    private void examine(SmallLog log, Image damaged, String what) {
        ImageStorage storage = new ImageStorage(damaged);
        VerifyReport report;
        try {
            report = verify(storage);
        } catch (RuntimeException | Error e) {
            wrong.add(what + ": " + e + " at " + e.getStackTrace()[0]);
            return;
        }
        if (storage.changes() != 0) wrong.add(what + ": something was changed");
        if (storage.openHandles() != 0) wrong.add(what + ": something was left open");
        if (report.isSound()) sound++;
        else found++;
        String refusal = refusal(damaged);
        if (refusal != null && report.isSound()) wrong.add(what + ": not found: " + refusal);
        if (new Difference(log.image(), damaged).firstPosition() >= log.durable() && findsMoreThanFooters(report)) {
            wrong.add(what + ": a torn tail was found: " + report.findings());
        }
        for (VerifyFinding finding : report.findings()) {
            if (finding.sentence().isBlank()) wrong.add(what + ": nothing is said");
        }
    }

    /** A footer stands behind all frames and is nobody's tail. */
    private static boolean findsMoreThanFooters(VerifyReport report) {
        return report.findings().stream().anyMatch(finding -> !(finding instanceof VerifyFinding.WrongFooter));
    }

    /** Why such a log does not open, or cannot be read; null if all is well. */
    private static @org.jspecify.annotations.Nullable String refusal(Image damaged) {
        try (Wal wal = SmallLog.open(new ImageStorage(damaged));
                WalReader reader = wal.readFrom(wal.recovery().first())) {
            LogEntry entry = reader.poll();
            while (entry != null) entry = reader.poll();
            return null;
        } catch (WalException.Corrupt | WalException.Unsupported | WalException.CannotRead e) {
            return e.getMessage();
        }
    }

    static VerifyReport verify(ImageStorage storage) {
        return Assembly.verify(storage, VerifyOptions.defaults().withParallelism(1));
    }

    private void assertHolds() {
        System.out.println(found + " found, " + sound + " sound");
        assertTrue(
                wrong.isEmpty(),
                () -> wrong.size() + " findings\n"
                        + String.join("\n", wrong.stream().limit(SHOWN).toList()));
    }
}
