package dev.nori.wal.bench.study;

import dev.nori.wal.bench.load.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a study: each contender once in each round, the order turned by one from round to round. */
public final class Rounds {
    private record Key(String contender, Metric metric) {}

    private final Study study;
    private final Map<Key, List<Double>> values = new HashMap<>();
    private final Map<String, String> missing = new TreeMap<>();

    private Rounds(Study study) {
        this.study = study;
    }

    /** Runs all rounds in a directory of their own and judges the goals. */
    public static StudyResult run(Study study) throws Exception {
        try (Workplace place = Workplace.create()) {
            return new Rounds(study).runIn(place.directory());
        }
    }

    private StudyResult runIn(Path home) throws Exception {
        study.preparation().in(home);
        for (int round = 0; round <= study.rounds(); round++) {
            for (Contender contender : turned(round)) measure(contender, home, round);
        }
        return result().judged(study.goals());
    }

    private List<Contender> turned(int by) {
        List<Contender> all = study.contenders();
        int first = by % all.size();
        List<Contender> turned = new ArrayList<>(all.subList(first, all.size()));
        turned.addAll(all.subList(0, first));
        return turned;
    }

    private void measure(Contender contender, Path home, int round) throws Exception {
        if (missing.containsKey(contender.name())) return;
        try {
            Map<Metric, Double> figures = contender.measure(home, round == 0 ? warmUp() : study.time());
            if (round > 0) figures.forEach((metric, value) -> add(new Key(contender.name(), metric), value));
        } catch (UnsupportedOperationException e) {
            missing.put(contender.name(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new IOException(contender.name() + " in " + study.id(), e);
        }
    }

    private Duration warmUp() {
        return study.time().multipliedBy(2).dividedBy(3);
    }

    private void add(Key key, double value) {
        values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    private StudyResult result() {
        List<Series> series = new ArrayList<>();
        for (Contender contender : study.contenders()) {
            for (Metric metric : Metric.values()) {
                List<Double> found = values.getOrDefault(new Key(contender.name(), metric), List.of());
                if (!found.isEmpty()) series.add(new Series(contender.name(), metric, found));
            }
        }
        return new StudyResult(study.id(), study.title(), series, missing, List.of());
    }
}
