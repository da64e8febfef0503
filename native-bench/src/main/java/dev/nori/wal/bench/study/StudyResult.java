package dev.nori.wal.bench.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a study measured.
 *
 * @param missing contenders that could not be measured, and why
 */
public record StudyResult(
        String id, String title, List<Series> series, Map<String, String> missing, List<Verdict> verdicts) {
    /** Copies. */
    public StudyResult {
        series = List.copyOf(series);
        missing = Map.copyOf(missing);
        verdicts = List.copyOf(verdicts);
    }

    /** One contender's figures, if it was measured. */
    public Optional<Series> find(String contender, Metric metric) {
        return series.stream()
                .filter(s -> s.contender().equals(contender) && s.metric() == metric)
                .findFirst();
    }

    /** The same with the goals judged. */
    StudyResult judged(List<Goal> goals) {
        List<Verdict> judged = goals.stream().map(goal -> goal.judge(this)).toList();
        return new StudyResult(id, title, series, missing, judged);
    }
}
