package dev.nori.wal.crash.run;

import dev.nori.wal.crash.Canary;
import dev.nori.wal.crash.Hunts;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every mutant, and every surrounding in which the log cannot keep its promises, and how each was noticed. Each hunt is made
 * on the unchanged library too, in sound surroundings, and must find nothing there.
 */
final class MutantTable {
    private static final String COLUMNS = "%-52s %-5s %-8s %s%n";
    private static final int MOST_CHARS = 110;

    private final Selection selection;
    private final List<Row> rows = new ArrayList<>();

    /**
     * Which mutants are hunted.
     *
     * @param words in their names; empty for all
     * @param mostPerLevel the first ones of each level
     */
    record Selection(String words, int mostPerLevel) {
        boolean has(String name) {
            return name.contains(words);
        }
    }

    /** Who was hunted, what the hunt said, and what speaks against the hunt. */
    private record Row(
            String name, String caughtBy, String breaks, Optional<String> noticed, Optional<String> trouble) {
        boolean isCaught() {
            return noticed.isPresent() && trouble.isEmpty();
        }
    }

    /** What a hunt said. */
    private record Hunted(Optional<String> noticed, Optional<String> falseAlarm) {}

    private interface Hunter {
        Hunted hunt() throws IOException, InterruptedException;
    }

    MutantTable(Selection selection) {
        this.selection = selection;
    }

    /** Hunts those of a level. A mutant that cannot be made any more counts as missed: it must follow the library. */
    void hunt(Level level, Path sources, LevelContext context) throws InterruptedException {
        for (Mutant mutant : chosen(level.mutants())) {
            Path compiled = context.directory().resolve("classes-" + rows.size());
            add(mutant.name(), mutant.caughtBy(), mutant.breaks(), context.out(), () -> {
                MutantClasses classes = MutantClasses.of(mutant, sources, compiled);
                Optional<String> noticed = level.hunt(mutant, classes, context);
                return new Hunted(noticed, level.hunt(mutant, MutantClasses.unchanged(), context));
            });
        }
    }

    private List<Mutant> chosen(List<Mutant> mutants) {
        return mutants.stream()
                .filter(mutant -> selection.has(mutant.name()))
                .limit(selection.mostPerLevel())
                .toList();
    }

    /** Looks at the canaries of a level. */
    void watch(Level level, LevelContext context) throws InterruptedException {
        Hunts hunts = new Hunts(List.of());
        for (Canary canary : level.canaries()) {
            if (!selection.has(canary.name())) continue;
            add(canary.name(), canary.caughtBy(), canary.breaks(), context.out(), () -> {
                Optional<String> noticed = hunts.broken(canary, context);
                return new Hunted(noticed, hunts.sound(canary, context));
            });
        }
    }

    private void add(String name, String caughtBy, String breaks, PrintStream out, Hunter hunter)
            throws InterruptedException {
        long began = System.nanoTime();
        Row row = row(name, caughtBy, breaks, hunter);
        rows.add(row);
        double seconds = (System.nanoTime() - began) / 1e9;
        out.printf(
                Locale.ROOT,
                "  %s %s: %s, %.1f s%n",
                caughtBy,
                name,
                row.isCaught() ? "caught" : "NOT CAUGHT",
                seconds);
    }

    private static Row row(String name, String caughtBy, String breaks, Hunter hunter) throws InterruptedException {
        try {
            Hunted hunted = hunter.hunt();
            Optional<String> trouble = hunted.falseAlarm().map(how -> "without the change too: " + how);
            return new Row(name, caughtBy, breaks, hunted.noticed(), trouble);
        } catch (IOException notToBeHunted) {
            return new Row(
                    name, caughtBy, breaks, Optional.empty(), Optional.of(String.valueOf(notToBeHunted.getMessage())));
        }
    }

    /** Takes the rows of another table behind its own. */
    void addAll(MutantTable other) {
        rows.addAll(other.rows);
    }

    int size() {
        return rows.size();
    }

    long caught() {
        return rows.stream().filter(Row::isCaught).count();
    }

    boolean isClean() {
        return caught() == rows.size();
    }

    void print(PrintStream out) {
        if (rows.isEmpty()) return;
        out.println();
        out.printf(COLUMNS, "mutant", "level", "", "breaks; how it was noticed");
        for (Row row : rows) {
            out.printf(COLUMNS, row.name, row.caughtBy, row.isCaught() ? "caught" : "MISSED", row.breaks);
            row.noticed.ifPresent(how -> out.println("    " + shortened(how)));
            row.trouble.ifPresent(how -> out.println("    BUT " + how));
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
    }
}
