package dev.nori.wal.bench.study;

/**
 * How a goal fared.
 *
 * @param work what was asked of whom
 * @param measured the subject's median, not a number if it was not measured
 * @param baseline the median of what it is held against, not a number if that is a constant of the design
 * @param baselineName who that was
 * @param ratio the subject in relation to the baseline or the constant: the median over the rounds
 * @param spread of the ratio: half its range as a part of the median
 * @param goal what was asked, as text
 */
public record Verdict(
        String work,
        Metric metric,
        double measured,
        double baseline,
        String baselineName,
        double ratio,
        double spread,
        String goal,
        boolean met) {
    /** A goal whose subject was not measured is not met. */
    static Verdict notMeasured(Goal goal, String why) {
        return new Verdict(
                goal.work(), goal.metric(), Double.NaN, Double.NaN, why, Double.NaN, Double.NaN, goal.text(), false);
    }

    /** Whether there is something to show. */
    public boolean isMeasured() {
        return !Double.isNaN(measured);
    }
}
