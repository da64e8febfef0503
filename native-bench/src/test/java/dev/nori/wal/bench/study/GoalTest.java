package dev.nori.wal.bench.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final Metric RATE = Metric.RECORDS_PER_SECOND;

    private static StudyResult result(Series... series) {
        return new StudyResult("id", "title", List.of(series), Map.of("absent", "no such call"), List.of());
    }

    private static Series log(Double... values) {
        return new Series("log", RATE, List.of(values));
    }

    private static Series bare(String name, Double... values) {
        return new Series(name, RATE, List.of(values));
    }

    private static Verdict atLeast(double factor, StudyResult result) {
        return new Goal.AtLeastTimes("work", "log", RATE, factor, List.of("a", "b")).judge(result);
    }

    @Test
    void takesTheRatioWithinARoundAndThenTheMedian() {
        // The medians alone would say 100 / 100; round by round it is 0.5, 2 and 0.5.
        Verdict verdict = atLeast(0.6, result(log(100., 400., 50.), bare("a", 200., 200., 100.)));
        assertEquals(0.5, verdict.ratio(), 1e-9);
        assertFalse(verdict.met());
    }

    @Test
    void holdsTheSubjectAgainstTheBestOfEachRound() {
        Verdict verdict = atLeast(1, result(log(100., 100.), bare("a", 10., 200.), bare("b", 200., 100.)));
        assertEquals(0.5, verdict.ratio(), 1e-9);
        assertEquals("b", verdict.baselineName());
    }

    @Test
    void isMetWhereTheRatioIsExactlyWhatIsAsked() {
        assertTrue(atLeast(0.5, result(log(50.), bare("a", 100.))).met());
        assertFalse(atLeast(0.51, result(log(50.), bare("a", 100.))).met());
    }

    @Test
    void ofAtMostIsMetBelowAndNotAbove() {
        StudyResult result = result(log(210., 190., 150.), bare("a", 100., 100., 100.));
        assertTrue(new Goal.AtMostTimes("work", "log", RATE, 1.9, "a")
                .judge(result)
                .met());
        assertFalse(new Goal.AtMostTimes("work", "log", RATE, 1.8, "a")
                .judge(result)
                .met());
    }

    @Test
    void ofANumberJudgesTheMedian() {
        StudyResult result = result(log(1., 2., 9.));
        assertTrue(new Goal.AtLeast("work", "log", RATE, 2).judge(result).met());
        assertFalse(new Goal.AtLeast("work", "log", RATE, 2.1).judge(result).met());
        assertTrue(new Goal.AtMost("work", "log", RATE, 2).judge(result).met());
        assertFalse(new Goal.AtMost("work", "log", RATE, 1.9).judge(result).met());
    }

    @Test
    void isNotMetByWhatWasNotMeasuredAndSaysWhy() {
        Verdict verdict = new Goal.AtLeast("work", "absent", RATE, 0).judge(result(log(1.)));
        assertFalse(verdict.met());
        assertFalse(verdict.isMeasured());
        assertEquals("no such call", verdict.baselineName());
    }

    @Test
    void isNotMetWithoutABaseline() {
        assertFalse(atLeast(0.1, result(log(1.))).met());
    }

    @Test
    void saysInTheTableWhatWasMeasuredAndCountsTheGoals() {
        StudyResult result = result(log(15_200_000.), bare("a", 20_000_000.));
        List<Verdict> verdicts = List.of(atLeast(0.95, result), atLeast(0.75, result));
        String table = VerdictTable.forTerminal(verdicts);
        assertTrue(table.contains("15.2M/s"), table);
        assertTrue(table.contains("20.0M/s a"), table);
        assertTrue(table.contains("0.76"), table);
        assertTrue(table.endsWith("bench: 1 of 2 goals met\n"), table);
    }
}
