package dev.nori.wal.crash.run;

import dev.nori.wal.crash.Child;
import dev.nori.wal.crash.Directories;
import dev.nori.wal.crash.Finding;
import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.LevelContext;
import dev.nori.wal.crash.LevelResult;
import dev.nori.wal.crash.Matrix;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Tally;
import dev.nori.wal.crash.run.MutantTable.Selection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Climbs the ladder: every level, then the mutants, then what came of it. */
@Command(
        name = "crash-run",
        mixinStandardHelpOptions = true,
        description = "Crashes the log by every means this machine has, and judges what comes back.",
        footer = "Ends with 0 if nothing was lost or invented, every mutant was caught, and every required level ran.")
public final class CrashRun implements Callable<Integer> {
    private static final long MOST_SEEDS = 1_000_000;
    private static final int LEVELS_AT_A_TIME = 2;

    @Option(names = "--levels", split = ",", paramLabel = "LEVEL", description = "only these, as L1,L3 (default: all)")
    private List<String> only = List.of();

    @Option(names = "--require", split = ",", paramLabel = "LEVEL", description = "a skip of one of these is a failure")
    private List<String> required = List.of();

    @Option(names = "--minutes", description = "share so much time among the levels (default: a fixed amount, short)")
    private @Nullable Long minutes;

    @Option(names = "--short", description = "the fixed amount; this is the default")
    private boolean brief;

    @Option(names = "--seed", description = "of everything that is random (default: another one each time)")
    private long seed = ThreadLocalRandom.current().nextLong(MOST_SEEDS);

    @Option(names = "--trial", description = "replay this trial of the level, and no mutants")
    private @Nullable Integer trial;

    @Option(names = "--repeat", description = "so often (default: ${DEFAULT-VALUE})")
    private int repeat = 1;

    @Option(names = "--no-mutants", description = "leave the mutants out")
    private boolean withoutMutants;

    @Option(
            names = "--mutant",
            paramLabel = "WORDS",
            description = "only mutants with these words in their name, no levels")
    private @Nullable String mutant;

    @Option(
            names = "--mutants-per-level",
            paramLabel = "N",
            description = "only the first N of each level (default: all)")
    private int mutantsPerLevel = Integer.MAX_VALUE;

    @Option(
            names = "--sources",
            description = "the library's sources, for the mutants (default: found from here upwards)")
    private @Nullable Path sources;

    @Option(names = "--directory", description = "for files (default: ${DEFAULT-VALUE})")
    private Path directory = Path.of("target", "crash");

    private final PrintStream out = System.out;
    private final Matrix matrix = new Matrix();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> skips = new ArrayList<>();
    private final List<Level> ran = new ArrayList<>();

    /** Takes the options; {@code --help} lists them. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new CrashRun()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        directory = directory.toAbsolutePath();
        Files.createDirectories(directory);
        describe();
        List<Level> levels = chosen();
        for (Level level : levels) climb(level, levels.size());
        MutantTable table = hunt();
        return conclude(levels, table);
    }

    private void describe() throws IOException {
        out.printf(
                Locale.ROOT,
                "seed %d, %s %s, %s, Java %s (%s), %d processors%n",
                seed,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Files.getFileStore(directory).type(),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors());
    }

    private List<Level> chosen() {
        List<Level> all = Levels.all();
        List<String> names = all.stream().map(Level::name).toList();
        for (String name : only) {
            if (!names.contains(name)) throw new CommandLine.ParameterException(usage(), "there is no level " + name);
        }
        for (String name : required) {
            if (!names.contains(name)) throw new CommandLine.ParameterException(usage(), "there is no level " + name);
        }
        return all.stream()
                .filter(level -> only.isEmpty() || only.contains(level.name()))
                .toList();
    }

    private CommandLine usage() {
        return new CommandLine(this);
    }

    private void climb(Level level, int levels) throws InterruptedException {
        Optional<String> missing = level.missing();
        if (missing.isPresent()) {
            skips.add(level.name() + ": " + missing.get());
            return;
        }
        try {
            if (mutant == null) run(level, levels);
            ran.add(level);
        } catch (IOException e) {
            String what = "the harness failed, nothing is proved: " + e;
            findings.add(new Finding(level.name(), what, List.of("--levels", level.name()), Optional.empty()));
        }
    }

    private void run(Level level, int levels) throws IOException, InterruptedException {
        long began = System.nanoTime();
        out.printf("%n%s %s%n", level.name(), level.title());
        LevelResult result = level.run(context(level, levels));
        matrix.addAll(result.matrix());
        findings.addAll(result.findings());
        result.skips().forEach(skip -> skips.add(level.name() + "/" + skip));
        result.notes().forEach(note -> out.println("  " + note));
        out.printf(Locale.ROOT, "  %.1f s%n", (System.nanoTime() - began) / 1e9);
    }

    private LevelContext context(Level level, int levels) throws IOException {
        Path own = directory.resolve(level.name());
        Files.createDirectories(own);
        Optional<Duration> budget = minutes == null || brief
                ? Optional.empty()
                : Optional.of(Duration.ofMinutes(minutes).dividedBy(levels));
        OptionalInt one = trial == null ? OptionalInt.empty() : OptionalInt.of(trial);
        return new LevelContext(seed, own, budget, one, repeat, out);
    }

    private MutantTable hunt() throws IOException, InterruptedException {
        MutantTable table = new MutantTable(selection());
        if (withoutMutants || trial != null) return table;
        Path from = sources == null ? MutantClasses.findSources() : sources;
        out.printf("%nmutants%n");
        ExecutorService lanes = Executors.newFixedThreadPool(LEVELS_AT_A_TIME);
        try {
            List<Future<MutantTable>> tables = new ArrayList<>();
            for (Level level : ran) tables.add(lanes.submit(() -> hunt(level, from)));
            for (Future<MutantTable> one : tables) table.addAll(one.get());
        } catch (ExecutionException e) {
            throw new IOException("mutants could not be hunted", e.getCause());
        } finally {
            lanes.shutdownNow();
        }
        return table;
    }

    private MutantTable hunt(Level level, Path from) throws IOException, InterruptedException {
        MutantTable table = new MutantTable(selection());
        Path own = directory.resolve(level.name() + "-mutants");
        Directories.delete(own);
        Files.createDirectories(own);
        LevelContext context = LevelContext.brief(seed, own, out);
        table.watch(level, context);
        table.hunt(level, from, context);
        Directories.delete(own);
        return table;
    }

    private Selection selection() {
        return new Selection(mutant == null ? "" : mutant, mutantsPerLevel);
    }

    private int conclude(List<Level> levels, MutantTable table) {
        out.println();
        matrix.print(out);
        table.print(out);
        printFindings();
        skips.forEach(skip -> out.println("SKIPPED " + skip));
        List<String> notRun = notRun();
        notRun.forEach(name -> out.println("REQUIRED and not run: " + name));

        Tally total = matrix.total();
        out.println();
        out.printf("ran %d of %d levels%n", ran.size(), levels.size());
        out.printf("caught %d of %d mutants%n", table.caught(), table.size());
        out.printf(
                Locale.ROOT,
                "crash: %d crashes, %d lost, %d invented%n",
                total.crashes(),
                total.lost(),
                total.invented());
        boolean good = findings.isEmpty() && total.isClean() && table.isClean() && notRun.isEmpty();
        return good ? 0 : 1;
    }

    /** A required level that was not chosen did not run either; one of whose parts is missing did. */
    private List<String> notRun() {
        List<String> names = ran.stream().map(Level::name).toList();
        return required.stream().filter(name -> !names.contains(name)).toList();
    }

    private void printFindings() {
        for (Finding finding : findings) {
            out.println();
            out.println("FOUND in " + finding.trial());
            out.println("  " + finding.what());
            out.println("  seed " + seed + "; again: " + again(finding));
            finding.kept().ifPresent(kept -> out.println("  kept: " + kept));
        }
    }

    private String again(Finding finding) {
        return "java --enable-native-access=ALL-UNNAMED -cp %s %s --seed %d %s"
                .formatted(Child.ownClassPath(), CrashRun.class.getName(), seed, String.join(" ", finding.replay()));
    }
}
