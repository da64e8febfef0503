package dev.nori.wal.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One result of JMH.
 *
 * @param bench simple name of the class
 * @param method name of the method
 * @param error half of the interval that holds the mean with 99.9 %, not a number for a single iteration
 * @param percentiles by their number ("50.0"), where times were sampled
 */
record JmhFigure(
        String bench,
        String method,
        Map<String, String> parameters,
        double score,
        double error,
        String unit,
        Map<String, Double> percentiles) {
    /** The figures in a file that JMH wrote. */
    static List<JmhFigure> load(Path file) throws IOException {
        List<JmhFigure> figures = new ArrayList<>();
        for (JsonNode node : new ObjectMapper().readTree(file.toFile())) figures.add(of(node));
        return figures;
    }

    private static JmhFigure of(JsonNode node) {
        String[] names = node.get("benchmark").asText().split("\\.", -1);
        JsonNode metric = node.get("primaryMetric");
        Map<String, String> parameters = new TreeMap<>();
        node.path("params")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        Map<String, Double> percentiles = new TreeMap<>();
        metric.path("scorePercentiles")
                .properties()
                .forEach(each -> percentiles.put(each.getKey(), each.getValue().asDouble()));
        return new JmhFigure(
                names[names.length - 2],
                names[names.length - 1],
                parameters,
                metric.get("score").asDouble(),
                metric.get("scoreError").asDouble(Double.NaN),
                metric.get("scoreUnit").asText(),
                percentiles);
    }

    /** The middle of the samples where there are some, else the mean. */
    double typical() {
        return percentiles.size() > 1 ? percentiles.getOrDefault("50.0", score) : score;
    }

    /** A parameter's value; empty if there is no such parameter. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
