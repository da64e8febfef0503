package dev.nori.wal.bench.study;

import java.util.List;

/** Lays out rows of cells; the first row is the head. */
public final class TextTable {
    private TextTable() {}

    /** Columns aligned with spaces. */
    public static String aligned(List<List<String>> rows) {
        int[] widths = widths(rows);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++)
                line.append(padded(row.get(i), widths[i])).append("  ");
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** A table in Markdown. */
    public static String markdown(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) text.append("|---".repeat(rows.get(0).size())).append("|\n");
        }
        return text.toString();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        return widths;
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
