package dev.nori.wal.bench.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All figures of a study: a line for each contender, a column for each metric, medians with their spread. */
public final class SeriesTable {
    private SeriesTable() {}

    /** As Markdown. */
    public static String asMarkdown(StudyResult result) {
        return TextTable.markdown(rows(result));
    }

    private static List<List<String>> rows(StudyResult result) {
        List<Metric> metrics =
                result.series().stream().map(Series::metric).distinct().sorted().toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(head(metrics));
        result.series().stream()
                .map(Series::contender)
                .distinct()
                .forEach(contender -> rows.add(row(result, contender, metrics)));
        result.missing().forEach((contender, why) -> rows.add(missing(contender, why, metrics)));
        return rows;
    }

    private static List<String> head(List<Metric> metrics) {
        List<String> head = new ArrayList<>();
        head.add("");
        for (Metric metric : metrics)
            head.add(metric.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return head;
    }

    private static List<String> row(StudyResult result, String contender, List<Metric> metrics) {
        List<String> row = new ArrayList<>();
        row.add(contender);
        for (Metric metric : metrics)
            row.add(result.find(contender, metric).map(SeriesTable::cell).orElse("–"));
        return row;
    }

    private static List<String> missing(String contender, String why, List<Metric> metrics) {
        List<String> row = new ArrayList<>();
        row.add(contender + ": " + why);
        for (int i = 0; i < metrics.size(); i++) row.add("–");
        return row;
    }

    private static String cell(Series series) {
        String spread = String.format(Locale.ROOT, " ± %.0f %%", 100 * series.spread());
        return Quantity.text(series.median(), series.metric()) + spread;
    }
}
