package dev.nori.wal.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LostRange;
import dev.nori.wal.Position;
import dev.nori.wal.Verdict;
import dev.nori.wal.recover.Facts.Cut;
import dev.nori.wal.recover.Facts.End;
import dev.nori.wal.recover.Facts.Format;
import dev.nori.wal.recover.Facts.Front;
import dev.nori.wal.recover.Facts.Notes;
import dev.nori.wal.recover.Facts.Proof;
import dev.nori.wal.recover.Facts.Row;
import dev.nori.wal.recover.Facts.Staged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/recovery.md, the table of verdicts. */
class EveryCombinationOfFactsTest {
    private static final Place PLACE = new Place("0000000004.wal", 4, 8192);
    private static final LostRange RANGE = new LostRange(new Position(100), new Position(200), 7, 9);
    private static final long BYTES = 31;

    private static final List<Format> FORMATS = List.of(new Format.Known(), new Format.Unknown("unknown"));
    private static final List<Notes> NOTES =
            List.of(new Notes.Absent(), new Notes.Whole(), new Notes.Lost("both slots are damaged"));
    private static final List<Row> ROWS =
            List.of(new Row.Unbroken(), new Row.Missing("0000000002.wal", 2, 3, "is missing"));
    private static final List<Front> FRONTS = List.of(
            new Front.Begun(),
            new Front.NotBegun(),
            new Front.Lost("0000000001.wal", 1, "no header"),
            new Front.Foreign("0000000001.wal", 1, "another log"));
    private static final List<Cut> CUTS = List.of(new Cut.None(), new Cut.Reached(), new Cut.OutOfReach());
    private static final List<End> ENDS =
            List.of(new End.Closed(PLACE), new End.Zeros(PLACE), new End.Broken(PLACE, "a wrong checksum"));
    private static final List<Proof> PROOFS = List.of(new Proof.None(), new Proof.Behind(), new Proof.Elsewhere());
    private static final List<Staged> STAGED =
            List.of(new Staged.Nothing(), new Staged.Follows(), new Staged.Lost("STAGE", 5000, "was cut"));

    static List<Facts> all() {
        List<Facts> all = new ArrayList<>();
        for (Format format : FORMATS)
            for (Notes notes : NOTES)
                for (Row row : ROWS)
                    for (Front front : FRONTS)
                        for (Cut cut : CUTS)
                            for (End end : ENDS)
                                for (Proof proof : PROOFS)
                                    for (Staged staged : STAGED)
                                        all.add(new Facts(
                                                format, notes, row, front, cut, end, proof, staged, RANGE, BYTES));
        return all;
    }

    /** One line of the table: which facts it is about, and what they lead to. Written down once more, not taken from the code. */
    record Rule(String sentence, Predicate<Facts> about, Predicate<Verdict> holds) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    private static Rule rule(String sentence, Predicate<Facts> about, Predicate<Verdict> holds) {
        return new Rule(sentence, about, holds);
    }

    static List<Rule> rules() {
        return List.of(
                rule(
                        "what is not known is refused and never called damage",
                        facts -> facts.format() instanceof Format.Unknown,
                        verdict -> verdict instanceof Verdict.Unsupported),
                rule(
                        "what is known is never called unknown",
                        facts -> facts.format() instanceof Format.Known,
                        verdict -> !(verdict instanceof Verdict.Unsupported)),
                rule(
                        "a torn tail is never damage",
                        facts -> isIntact(facts)
                                && facts.cut() instanceof Cut.None
                                && facts.proof() instanceof Proof.None
                                && !(facts.staged() instanceof Staged.Lost),
                        verdict -> verdict instanceof Verdict.Sound),
                rule(
                        "what was proved durable is never cut in silence",
                        facts -> facts.format() instanceof Format.Known
                                && facts.cut() instanceof Cut.None
                                && !(facts.proof() instanceof Proof.None),
                        verdict -> verdict instanceof Verdict.Damage),
                rule(
                        "a cut that the log does not reach is damage",
                        facts -> facts.format() instanceof Format.Known && facts.cut() instanceof Cut.OutOfReach,
                        verdict -> verdict instanceof Verdict.Damage),
                rule(
                        "a cut that is under way is carried out",
                        facts -> isIntact(facts) && facts.cut() instanceof Cut.Reached,
                        verdict -> verdict.equals(new Verdict.TornTail(0))),
                rule(
                        "a missing file is a gap",
                        facts -> facts.format() instanceof Format.Known
                                && !(facts.notes() instanceof Notes.Lost)
                                && facts.row() instanceof Row.Missing,
                        verdict -> verdict instanceof Verdict.Gap gap && gap.segment() == 2 && gap.lastSegment() == 3),
                rule(
                        "lost notes name the control file",
                        facts -> facts.format() instanceof Format.Known && facts.notes() instanceof Notes.Lost,
                        verdict -> verdict instanceof Verdict.Corrupt corrupt
                                && corrupt.file().equals("CONTROL")
                                && corrupt.segment() == Verdict.NO_SEGMENT),
                rule(
                        "damage in the middle names its place and what is lost",
                        facts -> isIntact(facts)
                                && facts.cut() instanceof Cut.None
                                && facts.proof() instanceof Proof.Behind,
                        verdict -> verdict instanceof Verdict.Corrupt corrupt && isAtTheEnd(corrupt)),
                rule(
                        "an end that is gone is durable data lost",
                        facts -> isIntact(facts)
                                && facts.cut() instanceof Cut.None
                                && !(facts.end() instanceof End.Broken)
                                && facts.proof() instanceof Proof.Elsewhere,
                        verdict -> verdict instanceof Verdict.DurableDataLost lost && isAtTheEnd(lost)),
                rule(
                        "a stage that was cut is damage unless the log was closed",
                        facts -> isIntact(facts)
                                && facts.cut() instanceof Cut.None
                                && facts.proof() instanceof Proof.None
                                && !(facts.end() instanceof End.Closed)
                                && facts.staged() instanceof Staged.Lost,
                        verdict -> verdict instanceof Verdict.Corrupt corrupt
                                && corrupt.file().equals("STAGE")
                                && corrupt.offsetBytes() == 5000),
                rule(
                        "only a log that was closed is clean",
                        facts -> !(facts.end() instanceof End.Closed),
                        verdict -> !(verdict instanceof Verdict.Clean)),
                rule(
                        "a log with something in the stage is not clean",
                        facts -> facts.staged() instanceof Staged.Follows,
                        verdict -> !(verdict instanceof Verdict.Clean)),
                rule(
                        "only where nothing was ever begun or noted it is new",
                        facts -> !(facts.front() instanceof Front.NotBegun && facts.notes() instanceof Notes.Absent),
                        verdict -> !(verdict instanceof Verdict.New)),
                rule(
                        "what was cut is counted",
                        facts -> isIntact(facts)
                                && facts.cut() instanceof Cut.None
                                && facts.end() instanceof End.Broken
                                && facts.proof() instanceof Proof.None
                                && facts.front() instanceof Front.Begun
                                && !(facts.staged() instanceof Staged.Lost),
                        verdict -> verdict.equals(new Verdict.TornTail(BYTES))));
    }

    /** Everything that is looked at before the end is as it should be. */
    private static boolean isIntact(Facts facts) {
        boolean front = facts.front() instanceof Front.Begun || facts.front() instanceof Front.NotBegun;
        return facts.format() instanceof Format.Known
                && !(facts.notes() instanceof Notes.Lost)
                && facts.row() instanceof Row.Unbroken
                && front;
    }

    private static boolean isAtTheEnd(Verdict.Damage damage) {
        return damage.segment() == PLACE.segment()
                && damage.offsetBytes() == PLACE.offsetBytes()
                && damage.lost().equals(RANGE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keepsTheRule(Rule rule) {
        List<Facts> concerned = all().stream().filter(rule.about).toList();
        assertNotEquals(0, concerned.size(), "the rule is about nothing");
        List<String> broken = concerned.stream()
                .filter(facts -> !rule.holds.test(Verdicts.of(facts)))
                .map(facts -> facts + " -> " + Verdicts.of(facts))
                .limit(5)
                .toList();
        assertEquals(List.of(), broken);
    }

    /** A fact that is added is tried, too. */
    @ParameterizedTest
    @MethodSource("values")
    void hasEveryValueOfEachFact(Class<?> fact, List<?> tried) {
        Set<Class<?>> there = Set.of(fact.getPermittedSubclasses());
        assertEquals(there, tried.stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> values() {
        return Stream.of(
                        java.util.Map.entry(Format.class, FORMATS),
                        java.util.Map.entry(Notes.class, NOTES),
                        java.util.Map.entry(Row.class, ROWS),
                        java.util.Map.entry(Front.class, FRONTS),
                        java.util.Map.entry(Cut.class, CUTS),
                        java.util.Map.entry(End.class, ENDS),
                        java.util.Map.entry(Proof.class, PROOFS),
                        java.util.Map.entry(Staged.class, STAGED))
                .map(each -> org.junit.jupiter.params.provider.Arguments.of(each.getKey(), each.getValue()));
    }

    @Test
    void leadsToEveryVerdict() {
        Set<String> reached = new TreeSet<>();
        for (Facts facts : all()) reached.add(Verdicts.of(facts).getClass().getSimpleName());
        assertEquals(Set.of("Clean", "Corrupt", "DurableDataLost", "Gap", "New", "TornTail", "Unsupported"), reached);
    }

    @Test
    void isTheTableInTheDocument() throws Exception {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/recovery.md"))) folder = folder.getParent();
        String text = Files.readString(assertInstanceOf(Path.class, folder).resolve("docs/recovery.md"));
        for (Class<?> fact : List.of(
                Format.class, Notes.class, Row.class, Front.class, Cut.class, End.class, Proof.class, Staged.class)) {
            for (Class<?> value : fact.getPermittedSubclasses()) {
                String name = fact.getSimpleName() + "." + value.getSimpleName();
                assertTrue(text.contains("`" + name + "`"), "docs/recovery.md does not tell of " + name);
            }
        }
    }
}
