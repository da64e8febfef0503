package dev.nori.wal.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values by place and series, in the order in which they were put. */
final class Grid {
    private final Set<String> places = new LinkedHashSet<>();
    private final Map<String, Map<String, Double>> rows = new LinkedHashMap<>();

    void put(String series, String place, double value) {
        places.add(place);
        rows.computeIfAbsent(series, name -> new LinkedHashMap<>()).put(place, value);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<String> places() {
        return List.copyOf(places);
    }

    /** One value for each place; null where there is none. */
    @SuppressWarnings("NullAway") // the chart library takes null for "nothing here"
    Map<String, List<Double>> series() {
        Map<String, List<Double>> all = new LinkedHashMap<>();
        rows.forEach((name, values) -> {
            List<Double> row = new ArrayList<>();
            for (String place : places) row.add(values.get(place));
            all.put(name, row);
        });
        return all;
    }
}
