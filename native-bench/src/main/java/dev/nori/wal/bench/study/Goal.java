package dev.nori.wal.bench.study;

import java.util.List;
import java.util.Locale;

/** What a study asks of one contender. */
public sealed interface Goal {
    /** What is done, for people; the first column of the table. */
    String work();

    /** Who is judged. */
    String subject();

    /** By which figure. */
    Metric metric();

    /** The goal itself, for people. */
    String text();

    /** Judges what was measured. */
    default Verdict judge(StudyResult result) {
        return result.find(subject(), metric())
                .map(subject -> judge(subject, result))
                .orElseGet(() -> Verdict.notMeasured(this, result.missing().getOrDefault(subject(), "not measured")));
    }

    /** Judges the subject's figures. */
    Verdict judge(Series subject, StudyResult result);

    /** Within each round at least {@code factor} times the best of the baselines. */
    record AtLeastTimes(String work, String subject, Metric metric, double factor, List<String> baselines)
            implements Goal {
        @Override
        public String text() {
            return number("≥ %.2f ×", factor);
        }

        @Override
        public Verdict judge(Series subject, StudyResult result) {
            Baseline best = Baseline.highest(result, baselines, metric);
            if (best.isMissing()) return Verdict.notMeasured(this, "baseline not measured");
            return Ratios.verdict(this, subject, best, ratio -> ratio >= factor);
        }
    }

    /** Within each round at most {@code factor} times the baseline. */
    record AtMostTimes(String work, String subject, Metric metric, double factor, String baseline) implements Goal {
        @Override
        public String text() {
            return number("≤ %.2f ×", factor);
        }

        @Override
        public Verdict judge(Series subject, StudyResult result) {
            Baseline only = Baseline.highest(result, List.of(baseline), metric);
            if (only.isMissing()) return Verdict.notMeasured(this, "baseline not measured");
            return Ratios.verdict(this, subject, only, ratio -> ratio <= factor);
        }
    }

    /** At least a number that the design names. */
    record AtLeast(String work, String subject, Metric metric, double floor) implements Goal {
        @Override
        public String text() {
            return "≥ " + Quantity.text(floor, metric);
        }

        @Override
        public Verdict judge(Series subject, StudyResult result) {
            return Ratios.verdict(this, subject, floor, measured -> measured >= floor);
        }
    }

    /** At most a number that the design names. */
    record AtMost(String work, String subject, Metric metric, double ceiling) implements Goal {
        @Override
        public String text() {
            return "≤ " + Quantity.text(ceiling, metric);
        }

        @Override
        public Verdict judge(Series subject, StudyResult result) {
            return Ratios.verdict(this, subject, ceiling, measured -> measured <= ceiling);
        }
    }

    private static String number(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
