package dev.nori.wal.bench.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/** The arithmetic of a verdict: ratios are taken within a round, then the median of them. */
final class Ratios {
    private Ratios() {}

    static Verdict verdict(Goal goal, Series subject, Baseline baseline, DoublePredicate met) {
        List<Double> ratios = ofEachRound(subject.values(), baseline.values());
        double ratio = Series.median(ratios);
        double held = Series.median(baseline.values());
        boolean isMet = met.test(ratio);
        return verdict(goal, subject, held, baseline.name(), ratio, Series.spread(ratios), isMet);
    }

    static Verdict verdict(Goal goal, Series subject, double constant, DoublePredicate met) {
        double measured = subject.median();
        double ratio = constant == 0 ? Double.NaN : measured / constant;
        return verdict(goal, subject, Double.NaN, "the design", ratio, subject.spread(), met.test(measured));
    }

    private static Verdict verdict(
            Goal goal, Series subject, double held, String heldName, double ratio, double spread, boolean met) {
        return new Verdict(
                goal.work(), goal.metric(), subject.median(), held, heldName, ratio, spread, goal.text(), met);
    }

    private static List<Double> ofEachRound(List<Double> subject, List<Double> baseline) {
        List<Double> ratios = new ArrayList<>();
        int rounds = Math.min(subject.size(), baseline.size());
        for (int round = 0; round < rounds; round++) ratios.add(subject.get(round) / baseline.get(round));
        return ratios;
    }
}
