package dev.nori.wal.bench.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a subject is held against: round by round the best of several contenders, so that a limit cannot be
 * lowered by one of its forms having had a bad moment.
 *
 * @param name the contender that is best by its median
 * @param values the best of each round
 */
record Baseline(String name, List<Double> values) {
    boolean isMissing() {
        return values.isEmpty();
    }

    static Baseline highest(StudyResult result, List<String> contenders, Metric metric) {
        List<Series> found = contenders.stream()
                .map(contender -> result.find(contender, metric))
                .flatMap(Optional::stream)
                .toList();
        return found.stream()
                .max(Comparator.comparingDouble(Series::median))
                .map(best -> new Baseline(best.contender(), highestOfEachRound(found)))
                .orElse(new Baseline("none", List.of()));
    }

    private static List<Double> highestOfEachRound(List<Series> found) {
        int rounds = found.stream().mapToInt(s -> s.values().size()).min().orElse(0);
        List<Double> highest = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int at = round;
            highest.add(
                    found.stream().mapToDouble(s -> s.values().get(at)).max().orElseThrow());
        }
        return highest;
    }
}
