package dev.nori.wal.bench.report;

import dev.nori.wal.bench.jmh.JmhRun;
import dev.nori.wal.bench.study.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the pages for which there are figures: {@code WriteReport <folder of the figures> <folder of the pages>}. */
public final class WriteReport {
    private WriteReport() {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        Path figures = Path.of(arguments[0]);
        Path pages = Files.createDirectories(Path.of(arguments[1]));
        StudyPages studies = new StudyPages(pages);
        page(figures.resolve("headline.json"), studies::headline);
        page(figures.resolve("latency.json"), studies::latency);
        page(figures.resolve("peers.json"), studies::peers);
        jmh(figures.resolve("jmh.json"), pages);
    }

    private interface Writing {
        void of(Report report) throws IOException;
    }

    private static void page(Path file, Writing writing) throws IOException {
        if (!has(file)) return;
        writing.of(Report.load(file));
    }

    private static void jmh(Path file, Path folder) throws IOException {
        if (!has(file)) return;
        Report note = Report.load(JmhRun.machineFile(file));
        JmhPages pages = new JmhPages(folder, note.machine(), JmhFigure.load(file));
        pages.calls();
        pages.log();
    }

    private static boolean has(Path file) {
        boolean there = Files.exists(file);
        System.out.println(there ? "from " + file : "not measured: " + file);
        return there;
    }
}
