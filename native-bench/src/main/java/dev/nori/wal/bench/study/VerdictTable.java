package dev.nori.wal.bench.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Verdicts as a table: for a terminal, or as Markdown. */
public final class VerdictTable {
    private static final List<String> HEAD = List.of("work", "measured", "baseline", "ratio", "spread", "goal", "met");

    private VerdictTable() {}

    /** Aligned with spaces, with the last line that counts the goals. */
    public static String forTerminal(List<Verdict> verdicts) {
        return TextTable.aligned(rows(verdicts)) + lastLine(verdicts) + "\n";
    }

    /** A Markdown table. */
    public static String asMarkdown(List<Verdict> verdicts) {
        return TextTable.markdown(rows(verdicts));
    }

    /** {@code bench: M of N goals met}. */
    public static String lastLine(List<Verdict> verdicts) {
        long met = verdicts.stream().filter(Verdict::met).count();
        return "bench: %d of %d goals met".formatted(met, verdicts.size());
    }

    private static List<List<String>> rows(List<Verdict> verdicts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (Verdict verdict : verdicts) rows.add(row(verdict));
        return rows;
    }

    private static List<String> row(Verdict verdict) {
        if (!verdict.isMeasured()) {
            return List.of(verdict.work(), "not measured", verdict.baselineName(), "", "", verdict.goal(), "no");
        }
        return List.of(
                verdict.work(),
                Quantity.text(verdict.measured(), verdict.metric()),
                baseline(verdict),
                Double.isNaN(verdict.ratio()) ? "" : String.format(Locale.ROOT, "%.2f", verdict.ratio()),
                String.format(Locale.ROOT, "± %.0f %%", 100 * verdict.spread()),
                verdict.goal(),
                verdict.met() ? "yes" : "no");
    }

    private static String baseline(Verdict verdict) {
        if (Double.isNaN(verdict.baseline())) return "";
        return Quantity.text(verdict.baseline(), verdict.metric()) + " " + verdict.baselineName();
    }
}
