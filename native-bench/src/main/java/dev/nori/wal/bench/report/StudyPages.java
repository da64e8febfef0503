package dev.nori.wal.bench.report;

import dev.nori.wal.bench.study.Metric;
import dev.nori.wal.bench.study.Report;
import dev.nori.wal.bench.study.Series;
import dev.nori.wal.bench.study.SeriesTable;
import dev.nori.wal.bench.study.StudyResult;
import dev.nori.wal.bench.study.VerdictTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The pages of what was measured in rounds. */
final class StudyPages {
    private static final List<Metric> PERCENTILES =
            List.of(Metric.P50_MICROS, Metric.P99_MICROS, Metric.P99_9_MICROS, Metric.P99_99_MICROS);

    private final Path folder;

    StudyPages(Path folder) {
        this.folder = folder;
    }

    void headline(Report report) throws IOException {
        Page page = goals(report, "headline", "The headline");
        page.picture("Durable appends, one thread", "appends a second", Charts.Scale.LINEAR, rates(report, "always-1-"))
                .picture(
                        "Durable appends, many threads, 1 KiB", "appends a second", Charts.Scale.LINEAR, crowds(report))
                .picture(
                        "Appends of 128 B without waiting for the device",
                        "appends a second",
                        Charts.Scale.LINEAR,
                        rates(report, "memory-128"));
        figures(page, report).write();
    }

    void peers(Report report) throws IOException {
        Page page = goals(report, "peers", "Beside other logs");
        for (StudyResult study : report.results()) {
            page.picture(study.title(), "appends a second", Charts.Scale.LINEAR, rates(report, study.id()));
        }
        figures(page, report).write();
    }

    void latency(Report report) throws IOException {
        Page page = new Page(folder, "latency", "How long one append takes");
        page.paragraph(report.machine().text());
        for (StudyResult study : report.results()) {
            page.picture(study.title(), "µs", Charts.Scale.LOGARITHMIC, percentiles(study));
        }
        figures(page, report).write();
    }

    private Page goals(Report report, String name, String title) {
        return new Page(folder, name, title)
                .paragraph(report.machine().text())
                .table(VerdictTable.asMarkdown(report.verdicts()))
                .paragraph("`" + VerdictTable.lastLine(report.verdicts()) + "`");
    }

    private static Page figures(Page page, Report report) {
        page.heading("All figures");
        for (StudyResult study : report.results()) {
            page.paragraph("**" + study.title() + "**").table(SeriesTable.asMarkdown(study));
        }
        return page;
    }

    private static Grid crowds(Report report) {
        Grid grid = rates(report, "always-16-");
        Grid more = rates(report, "always-64-");
        more.series().forEach((series, values) -> {
            for (int i = 0; i < values.size(); i++)
                grid.put(series, more.places().get(i), values.get(i));
        });
        return grid;
    }

    private static Grid rates(Report report, String idPrefix) {
        Grid grid = new Grid();
        for (StudyResult study : report.results()) {
            if (!study.id().startsWith(idPrefix)) continue;
            for (Series series : study.series()) {
                if (series.metric() == Metric.RECORDS_PER_SECOND) {
                    grid.put(series.contender(), study.title(), series.median());
                }
            }
        }
        return grid;
    }

    private static Grid percentiles(StudyResult study) {
        Grid grid = new Grid();
        for (Series series : study.series()) {
            if (PERCENTILES.contains(series.metric())) {
                grid.put(series.contender(), label(series.metric()), series.median());
            }
        }
        return grid;
    }

    private static String label(Metric percentile) {
        return switch (percentile) {
            case P50_MICROS -> "p50";
            case P99_MICROS -> "p99";
            case P99_9_MICROS -> "p99.9";
            case P99_99_MICROS -> "p99.99";
            default -> throw new IllegalArgumentException(percentile + " is no percentile");
        };
    }
}
