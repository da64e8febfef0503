package dev.nori.wal.bench.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @Test
    void comesBackFromItsFileAsItWas(@TempDir Path folder) throws Exception {
        Machine machine = Machine.of(folder);
        Series series = new Series("log", Metric.P99_99_MICROS, List.of(1.5, 2.5));
        StudyResult result = new StudyResult("id", "title", List.of(series), Map.of("a", "why"), List.of())
                .judged(List.of(
                        new Goal.AtMost("work", "log", Metric.P99_99_MICROS, 2),
                        new Goal.AtMost("work", "a", Metric.P99_99_MICROS, 2)));
        Report report = new Report(machine, List.of(result));
        Path file = folder.resolve("deep/report.json");
        report.save(file);
        assertEquals(report, Report.load(file));
    }
}
