package dev.nori.wal.crash;

import dev.nori.wal.FsyncPolicy;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Cells and what was counted in each, in the order in which they first came. */
public final class Matrix {
    private static final String COLUMNS = "%-5s %-10s %-11s %-9s %-19s %8s %13s %13s %6s %9s %10s %12s%n";

    private final Map<Cell, Tally> cells = new LinkedHashMap<>();

    /** Adds to a cell. */
    public void add(Cell cell, Tally tally) {
        cells.merge(cell, tally, Tally::plus);
    }

    /** Adds every cell of another one. */
    public void addAll(Matrix other) {
        other.cells.forEach(this::add);
    }

    /** The sum of all cells. */
    public Tally total() {
        return cells.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /** How often a log was crashed under policies of a kind. */
    public long crashes(Class<? extends FsyncPolicy> policy) {
        return cells.entrySet().stream()
                .filter(entry -> policy.isInstance(entry.getKey().policy()))
                .mapToLong(entry -> entry.getValue().crashes())
                .sum();
    }

    /** The longest loss window of all cells with a policy of that kind. */
    public Duration longestLoss(Class<? extends FsyncPolicy> policy) {
        return cells.entrySet().stream()
                .filter(entry -> policy.isInstance(entry.getKey().policy()))
                .map(entry -> entry.getValue().lossWindow())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Prints one aligned table. */
    public void print(PrintStream out) {
        out.printf(
                COLUMNS,
                "level",
                "fs",
                "policy",
                "io",
                "mode",
                "crashes",
                "acknowledged",
                "recovered",
                "lost",
                "invented",
                "reordered",
                "loss window");
        cells.forEach((cell, tally) -> out.printf(
                Locale.ROOT,
                COLUMNS,
                cell.level(),
                cell.fileSystem(),
                Policies.inWords(cell.policy()),
                cell.io().name().toLowerCase(Locale.ROOT),
                cell.mode(),
                number(tally.crashes()),
                number(tally.acknowledged()),
                number(tally.recovered()),
                number(tally.lost()),
                number(tally.invented()),
                number(tally.reordered()),
                window(tally.lossWindow())));
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String window(Duration window) {
        return window.isZero() ? "-" : String.format(Locale.ROOT, "%.1f ms", window.toNanos() / 1e6);
    }
}
