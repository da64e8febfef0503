package dev.nori.wal.crash;

import dev.nori.wal.IoMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The main job: imports the text of this repository under every policy, on native I/O and on NIO, kills each import with
 * {@code kill -9}, and shows that nothing acknowledged is lost and nothing is there that should not be.
 */
@Command(
        name = "main-job",
        mixinStandardHelpOptions = true,
        description = "Imports this repository's text into a log, kills the import, and compares what is left.")
public final class MainJob implements Callable<Integer> {
    private static final int LINES_AT_LEAST = 20_000;
    private static final long MOST_SEEDS = 1_000_000;
    private static final List<String> POLICIES = List.of("always", "batch:5ms", "os");
    private static final List<IoMode> ENGINES = List.of(IoMode.AUTO, IoMode.NIO);
    private static final String COLUMNS = "%-11s %-16s %12s %10s %6s %9s %11s%n";

    @Option(names = "--source", description = "the repository whose text is imported (default: here)")
    private Path source = Path.of("");

    @Option(names = "--directory", description = "where the logs are put (default: target/run)")
    private Path directory = Path.of("target", "run");

    @Option(names = "--seed", description = "chooses the moments of the kills (default: another one each time)")
    private long seed = ThreadLocalRandom.current().nextLong(MOST_SEEDS);

    // The logging framework forgets a logger, and what was set on it, unless somebody holds on to it.
    private static final Logger LIBRARY = Logger.getLogger("dev.nori.wal");

    private final PrintStream out = System.out;

    /** Runs the job; the exit code is 0 if every row is as it must be. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MainJob()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LIBRARY.setLevel(Level.WARNING);
        List<byte[]> lines = SourceText.linesOf(source.toAbsolutePath(), LINES_AT_LEAST);
        Files.createDirectories(directory);
        describe(lines);

        List<Row> rows = new ArrayList<>();
        for (String policy : POLICIES) {
            for (IoMode io : ENGINES) rows.add(row(lines, policy, io, rows.size()));
        }
        return conclude(rows);
    }

    private void describe(List<byte[]> lines) throws IOException {
        out.printf(
                Locale.ROOT,
                "seed %d, %,d lines, Java %s, %s %s, %s%n",
                seed,
                lines.size(),
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Files.getFileStore(directory).type());
    }

    /** A line of the table, or why there is none. */
    private sealed interface Row {
        record Done(String policy, IoMode asked, KillAndResume.Outcome outcome) implements Row {}

        record Broken(String policy, IoMode asked, String reason) implements Row {}
    }

    private Row row(List<byte[]> lines, String policy, IoMode io, int number) throws InterruptedException {
        String name = policy.replace(':', '-') + "-" + io.name().toLowerCase(Locale.ROOT);
        Path log = directory.resolve(name);
        out.printf("%s: import, kill, recover, resume, compare%n", name);
        try {
            Random random = new Random(seed + number);
            KillAndResume.Outcome outcome =
                    new KillAndResume(KillAndResume.COMMAND_LINE, lines, log, policy, io, random).run();
            if (outcome.lost() + outcome.invented() == 0) Directories.delete(log);
            return new Row.Done(policy, io, outcome);
        } catch (IOException | RuntimeException e) {
            return new Row.Broken(policy, io, String.valueOf(e));
        }
    }

    private int conclude(List<Row> rows) {
        out.println();
        out.printf(COLUMNS, "policy", "io", "acknowledged", "recovered", "lost", "invented", "appends/s");
        rows.forEach(this::print);
        out.println();
        out.println(
                "acknowledged and recovered: at the kill; appends/s: acknowledged one by one through a pipe, cold JVM");

        long good = rows.stream().filter(MainJob::isGood).count();
        long lost =
                outcomes(rows).stream().mapToLong(KillAndResume.Outcome::lost).sum();
        long invented = outcomes(rows).stream()
                .mapToLong(KillAndResume.Outcome::invented)
                .sum();
        if (good < rows.size())
            out.println("What is left is in " + directory + "; make run SEED=" + seed + " kills at the same counts.");
        out.printf("run: %d of %d rows, %d lost, %d invented%n", good, rows.size(), lost, invented);
        return good == rows.size() ? 0 : 1;
    }

    private void print(Row row) {
        switch (row) {
            case Row.Done done -> {
                KillAndResume.Outcome outcome = done.outcome();
                LineOracle.Verdict kill = outcome.afterKill();
                out.printf(
                        Locale.ROOT,
                        COLUMNS,
                        done.policy(),
                        inWords(done.asked(), outcome.engine()),
                        "%,d".formatted(kill.acknowledged()),
                        "%,d".formatted(kill.recovered()),
                        outcome.lost(),
                        outcome.invented(),
                        "%,.0f".formatted(outcome.perSecond()));
                kill.firstWrong().ifPresent(wrong -> out.println("  after the kill: " + wrong));
                outcome.whole().firstWrong().ifPresent(wrong -> out.println("  at the end: " + wrong));
            }
            case Row.Broken broken ->
                out.printf(
                        "%-11s %-16s %s%n", broken.policy(), inWords(broken.asked(), broken.asked()), broken.reason());
        }
    }

    private static boolean isGood(Row row) {
        return row instanceof Row.Done done
                && done.outcome().lost() + done.outcome().invented() == 0;
    }

    private static List<KillAndResume.Outcome> outcomes(List<Row> rows) {
        return rows.stream()
                .<KillAndResume.Outcome>mapMulti((row, sink) -> {
                    if (row instanceof Row.Done done) sink.accept(done.outcome());
                })
                .toList();
    }

    private static String inWords(IoMode asked, IoMode got) {
        String engine = got.name().toLowerCase(Locale.ROOT);
        return asked == IoMode.AUTO ? "native (" + engine + ")" : engine;
    }
}
