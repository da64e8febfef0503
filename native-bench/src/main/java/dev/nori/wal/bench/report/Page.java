package dev.nori.wal.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** One page of the report, in Markdown, with pictures beside it. */
final class Page {
    private final Path folder;
    private final String name;
    private final StringBuilder text = new StringBuilder();

    Page(Path folder, String name, String title) {
        this.folder = folder;
        this.name = name;
        text.append("# ").append(title).append("\n\n");
    }

    Page heading(String title) {
        text.append("\n## ").append(title).append("\n\n");
        return this;
    }

    Page paragraph(String sentences) {
        text.append(sentences).append("\n\n");
        return this;
    }

    Page table(String table) {
        text.append(table).append('\n');
        return this;
    }

    /** Draws a picture and shows it here; nothing if there is nothing to draw. */
    Page picture(String title, String unit, Charts.Scale scale, Grid grid) throws IOException {
        if (grid.isEmpty()) return this;
        String file = name + "-" + slug(title) + ".png";
        Charts.bars(folder.resolve(file), title, unit, scale, grid.places(), grid.series());
        text.append("![%s](%s)\n\n".formatted(title, file));
        return this;
    }

    private static String slug(String title) {
        String[] words = title.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1);
        return String.join("-", words).replaceAll("^-|-$", "");
    }

    void write() throws IOException {
        Files.writeString(folder.resolve(name + ".md"), text.toString().stripTrailing() + "\n");
    }
}
