package dev.nori.wal.cli;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings lines from standard input into a log. */
@Command(
        name = "append",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        description = {
            "Appends the lines of standard input to the log in DIR, which is created if it is missing.",
            "A line is any bytes; it becomes the value of a record with an empty key."
        })
final class AppendCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            converter = Policies.class,
            description = "when a line is durable: always, batch:5ms or os (default: batch:5ms)")
    private FsyncPolicy policy = WalConfig.defaults().fsyncPolicy();

    @Option(
            names = "--io",
            paramLabel = "ENGINE",
            converter = Engines.class,
            description = "auto, direct, buffered or nio (default: auto)")
    private IoMode io = WalConfig.defaults().io();

    @Option(
            names = "--segment-bytes",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "size of a segment file, such as 1MiB (default: 128MiB)")
    private long segmentBytes = WalConfig.defaults().maxSegmentBytes();

    @Option(
            names = "--acks",
            description = "write the number of each line to standard output the moment it is acknowledged;"
                    + " the summary goes to standard error")
    private boolean acks;

    AppendCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LogMessages.show(common.least(), console);
        WalConfig config = config();
        Wal wal = Logs.open(common.directory(), config);
        Acks counted = acks ? Acks.writtenTo(console.out()) : Acks.countedOnly();
        try (Progress progress = Progress.of(counted, console)) {
            Consumer<Summary> report = summary -> report(summary, progress);
            Lines lines = new Lines(console.in(), Math.toIntExact(config.maxSegmentBytes()));
            Import run = new Import(wal, config.fsyncPolicy(), lines, counted, report);
            console.onExit().accept(() -> stop(run, counted));
            run.run();
            return ExitCode.FINE;
        } catch (IOException | WalException e) {
            throw brokenOff(e, counted);
        }
    }

    private WalConfig config() {
        try {
            return WalConfig.defaults().withFsyncPolicy(policy).withIo(io).withMaxSegmentBytes(segmentBytes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--segment-bytes': " + e.getMessage(), e);
        }
    }

    private void stop(Import run, Acks counted) {
        try {
            run.end();
        } catch (IOException | WalException e) {
            console.say(brokenOff(e, counted).sentence());
        }
    }

    private void report(Summary summary, Progress progress) {
        progress.close();
        print(common.json() ? summary.forScripts() + "\n" : summary.forPeople());
    }

    private Problem brokenOff(Exception e, Acks counted) {
        String sentence = "%s; %s acknowledged and kept.".formatted(why(e, counted), lines(counted.count()));
        if (common.json()) print(new Json().with("lines", counted.count()).with("error", sentence) + "\n");
        return Problem.midway(sentence);
    }

    private void print(String text) {
        if (acks) console.err().print(text);
        else console.print(text);
    }

    private static String why(Exception e, Acks counted) {
        long line = counted.count() + 1;
        return switch (e) {
            case WalException.Full full ->
                "the disk is full: line %d needs %s and %s are free"
                        .formatted(line, Sizes.inWords(full.bytesNeeded()), Sizes.inWords(full.bytesFree()));
            case WalException.TooLarge large ->
                "line %d takes %s in the log and a segment holds %s"
                        .formatted(line, Sizes.inWords(large.bytes()), Sizes.inWords(large.limitBytes()));
            case Lines.LineTooLong large ->
                "line %d does not fit into a segment: %s".formatted(line, Problem.text(large));
            case Acks.NobodyListens gone -> "nobody reads the acknowledgements any more";
            case WalException failed -> Problem.text(failed);
            default -> "cannot read standard input: " + Problem.text(e);
        };
    }

    private static String lines(long count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d line was" : "%,d lines were", count);
    }
}
