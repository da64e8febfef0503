package dev.nori.wal.bench.report;

import dev.nori.wal.bench.study.Machine;
import dev.nori.wal.bench.study.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The pages of what JMH measured. */
final class JmhPages {
    private final Path folder;
    private final Machine machine;
    private final List<JmhFigure> figures;

    JmhPages(Path folder, Machine machine, List<JmhFigure> figures) {
        this.folder = folder;
        this.machine = machine;
        this.figures = figures;
    }

    void calls() throws IOException {
        Page page = new Page(folder, "calls", "Native calls and NIO, one by one").paragraph(machine.text());
        page.picture("One write into the page cache", "ns", Charts.Scale.LOGARITHMIC, bySize("WriteCallBench"))
                .picture("One durable write, p50", "µs", Charts.Scale.LOGARITHMIC, bySize("DurableCallBench"))
                .picture(
                        "One durable write, by what the file was before",
                        "µs",
                        Charts.Scale.LOGARITHMIC,
                        grid("ExtentBench", f -> f.parameter("before") + ", " + f.method(), f -> size(f)));
        tables(page, List.of("WriteCallBench", "DurableCallBench", "ExtentBench"))
                .write();
    }

    void log() throws IOException {
        Page page = new Page(folder, "log", "The log in all its forms").paragraph(machine.text());
        for (String bench : List.of("ThreadsBench", "VirtualThreadsBench")) {
            for (String policy : List.of("always", "batch", "os")) {
                page.picture(
                        "%s, %s, appends a second".formatted(bench, policy),
                        "appends a second",
                        Charts.Scale.LOGARITHMIC,
                        threads(bench, policy));
            }
        }
        tables(
                        page,
                        List.of(
                                "AppendBench",
                                "ThreadsBench",
                                "VirtualThreadsBench",
                                "AsyncBench",
                                "BatchBench",
                                "CompressionBench",
                                "ReplayBench",
                                "OpenBench"))
                .write();
    }

    private Grid threads(String bench, String policy) {
        Grid grid = new Grid();
        for (JmhFigure figure : figures) {
            if (!figure.bench().equals(bench) || !figure.parameter("policy").equals(policy)) continue;
            grid.put(figure.parameter("io") + ", " + size(figure), figure.method(), figure.typical());
        }
        return grid;
    }

    private Grid bySize(String bench) {
        return grid(bench, JmhFigure::method, JmhPages::size);
    }

    private Grid grid(String bench, Function<JmhFigure, String> series, Function<JmhFigure, String> place) {
        Grid grid = new Grid();
        for (JmhFigure figure : figures) {
            if (figure.bench().equals(bench)) grid.put(series.apply(figure), place.apply(figure), figure.typical());
        }
        return grid;
    }

    private static String size(JmhFigure figure) {
        return figure.parameter("bytes") + " B";
    }

    private Page tables(Page page, List<String> benches) {
        for (String bench : benches) {
            List<JmhFigure> own =
                    figures.stream().filter(f -> f.bench().equals(bench)).toList();
            if (!own.isEmpty()) page.heading(bench).table(TextTable.markdown(rows(own)));
        }
        return page;
    }

    private static List<List<String>> rows(List<JmhFigure> figures) {
        boolean sampled = figures.get(0).percentiles().containsKey("99.99");
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                sampled
                        ? List.of("benchmark", "with", "mean", "±", "p50", "p99", "p99.9", "p99.99", "unit")
                        : List.of("benchmark", "with", "mean", "±", "unit"));
        for (JmhFigure figure : figures) rows.add(sampled ? sampledRow(figure) : row(figure));
        return rows;
    }

    private static List<String> row(JmhFigure figure) {
        return List.of(figure.method(), with(figure), number(figure.score()), number(figure.error()), figure.unit());
    }

    private static List<String> sampledRow(JmhFigure figure) {
        Map<String, Double> at = figure.percentiles();
        return List.of(
                figure.method(),
                with(figure),
                number(figure.score()),
                number(figure.error()),
                number(at.getOrDefault("50.0", Double.NaN)),
                number(at.getOrDefault("99.0", Double.NaN)),
                number(at.getOrDefault("99.9", Double.NaN)),
                number(at.getOrDefault("99.99", Double.NaN)),
                figure.unit());
    }

    private static String with(JmhFigure figure) {
        List<String> words = new ArrayList<>();
        figure.parameters().forEach((name, value) -> words.add(name + " " + value));
        return String.join(", ", words);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) return "–";
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }
}
