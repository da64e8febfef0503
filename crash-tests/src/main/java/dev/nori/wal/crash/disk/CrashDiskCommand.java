package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.disk.CrashPlan.Recovery;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cuts the power under any program: {@code crash-disk --fs ext4 --verify CHECK -- PROGRAM}. */
@Command(
        name = "crash-disk",
        mixinStandardHelpOptions = true,
        subcommands = {CheckCommand.class, ReplayCommand.class, SweepCommand.class},
        sortOptions = false,
        customSynopsis = {
            "crash-disk [OPTIONS] --verify=CHECK -- PROGRAM [ARGUMENT...]",
            "crash-disk (check | replay | sweep) [--help]"
        },
        usageHelpAutoWidth = true,
        header = "Runs a program on a disk that loses power, and checks what the program promised.",
        description = {
            "",
            "The disk is a real block device with a volatile write cache and a real file system on it. Your program"
                    + " works in the directory $CRASH_DIR and prints a line 'ACK n' on its standard output once"
                    + " everything up to n must survive a power cut, n growing. At a random moment the power goes."
                    + " From the log of all writes and flushes, crash-disk then builds states in which a real disk may"
                    + " be left: what was flushed is kept; the rest is kept, lost, reordered or torn. Each state is"
                    + " mounted, and your check runs on it: it finds the directory in $CRASH_DIR and the last n that"
                    + " was read before the cut in $CRASH_ACKED, and exits with 0 if all is well. States before the"
                    + " first ACK are among them, with 0 in $CRASH_ACKED: the directory may be empty there.",
            ""
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  crash-disk --fs xfs --runs 40 --verify './check.sh' -- ./appender --sync",
            "",
            "Exit status: 0 every promise was kept, 1 one was broken, 2 wrong usage, 3 skipped because the machine"
                    + " lacks something, 4 the harness failed and nothing is proved.",
            "Needs Linux, root, /dev/fuse, /dev/loop-control and the file system's mkfs."
        })
public final class CrashDiskCommand implements Callable<Integer> {
    static final int KEPT = 0;
    static final int BROKEN = 1;
    static final int SKIPPED = 3;
    static final int HARNESS_FAILED = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--fs",
            defaultValue = "ext4",
            paramLabel = "NAME",
            description = "File system: ext4, xfs or btrfs. Default: ${DEFAULT-VALUE}.")
    private FileSystem fileSystem = FileSystem.EXT4;

    @Option(
            names = "--size",
            converter = ByteSize.class,
            paramLabel = "BYTES",
            description = "Size of the disk, with K, M or G. It lives in memory as far as it is written."
                    + " Default: 128M, or the smallest that the file system takes.")
    private @Nullable Long sizeBytes;

    @Option(
            names = "--sector",
            defaultValue = "512",
            paramLabel = "BYTES",
            description = "Sector size, 512 or 4096. Default: ${DEFAULT-VALUE}.")
    private int sectorSizeBytes = 512;

    @Option(
            names = "--mount-option",
            paramLabel = "OPTION",
            description = "An option for every mount, may be repeated. barrier=0 (ext4) and nobarrier (btrfs) make the"
                    + " file system lie: your check should then fail, or it checks nothing.")
    private List<String> mountOptions = List.of();

    @Option(
            names = "--runs",
            defaultValue = "40",
            paramLabel = "N",
            description = "How often the program is started and loses power. Default: ${DEFAULT-VALUE}.")
    private int runs = 40;

    @Option(
            names = "--images",
            defaultValue = "10",
            paramLabel = "N",
            description = "Crash states to check for each run. Default: ${DEFAULT-VALUE}.")
    private int imagesPerRun = 10;

    @Option(
            names = "--cut-again",
            description = "Cut the power a second time, in the middle of your check's recovery, and check again.")
    private boolean cutAgain;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Decides the moments of the cuts and the states. Default: a random one, which is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--earliest",
            defaultValue = "5",
            paramLabel = "MS",
            description = "Shortest time from the first ACK to the cut. Default: ${DEFAULT-VALUE} ms.")
    private long earliestMillis = 5;

    @Option(
            names = "--latest",
            defaultValue = "300",
            paramLabel = "MS",
            description = "Longest time from the first ACK to the cut. Default: ${DEFAULT-VALUE} ms.")
    private long latestMillis = 300;

    @Option(
            names = "--patience",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How long the program may take to its first ACK, and a check in all."
                    + " Default: ${DEFAULT-VALUE} s.")
    private long patienceSeconds = 60;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description = "Keep the image and the log of every broken state here; see 'crash-disk replay'.")
    private @Nullable Path keepIn;

    @Option(names = "--show-errors", description = "Show what the program prints on its standard error.")
    private boolean showErrors;

    @Option(names = "--verify", paramLabel = "CHECK", description = "The check, a line for the shell.")
    private String check = "";

    @Parameters(arity = "0..*", paramLabel = "PROGRAM", description = "The program and its arguments, behind '--'.")
    private List<String> program = List.of();

    /** Runs the command and exits with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with its settings, for tests and for other commands to include. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new CrashDiskCommand());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((failure, line, parsed) -> {
            line.getErr().println("HARNESS FAILED: " + failure);
            return HARNESS_FAILED;
        });
        return commandLine;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireProgram();
        PrintWriter out = spec().commandLine().getOut();
        Optional<String> missing = CrashDisk.missing(fileSystem);
        if (missing.isPresent()) {
            out.println("SKIPPED crash-disk/" + fileSystem.type() + ": " + missing.get());
            return SKIPPED;
        }
        CrashPlan plan = plan();
        out.println(Environment.describe() + " fs=" + fileSystem.type() + " seed=" + plan.seed());
        out.flush();
        SelfCheck.Verdict verdict = SelfCheck.crashDisk(fileSystem, sectorSizeBytes);
        if (!verdict.passed()) {
            out.println(verdict.describe());
            return HARNESS_FAILED;
        }
        ShellSubject subject = new ShellSubject(program, check, showErrors ? Redirect.INHERIT : Redirect.DISCARD);
        CrashReport report = CrashTrial.run(plan, subject, finding -> print(out, finding));
        out.println(report.describe());
        if (!report.violations().isEmpty()) return BROKEN;
        return report.unmountable().isEmpty() ? KEPT : HARNESS_FAILED;
    }

    // Not marked as required: the subcommands need neither.
    private void requireProgram() {
        CommandLine line = spec().commandLine();
        if (check.isEmpty()) throw new CommandLine.ParameterException(line, "Missing --verify=CHECK");
        if (program.isEmpty()) throw new CommandLine.ParameterException(line, "Missing the program, behind '--'");
    }

    private CrashPlan plan() {
        long smallest = Math.max(128L << 20, fileSystem.minimumBytes());
        try {
            return new CrashPlan(
                    fileSystem,
                    sizeBytes == null ? smallest : sizeBytes,
                    sectorSizeBytes,
                    mountOptions,
                    runs,
                    imagesPerRun,
                    cutAgain ? Recovery.CUT_AGAIN : Recovery.UNDISTURBED,
                    seed == null ? new SecureRandom().nextLong() : seed,
                    Duration.ofMillis(earliestMillis),
                    Duration.ofMillis(latestMillis),
                    Duration.ofSeconds(patienceSeconds),
                    Optional.ofNullable(keepIn));
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(spec().commandLine(), wrong.getMessage(), wrong);
        }
    }

    private static void print(PrintWriter out, Finding finding) {
        out.println(finding.describe());
        out.flush();
    }

    private CommandSpec spec() {
        if (spec == null) throw new IllegalStateException("not called by picocli");
        return spec;
    }
}
