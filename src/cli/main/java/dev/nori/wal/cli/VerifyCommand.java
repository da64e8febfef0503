package dev.nori.wal.cli;

import dev.nori.wal.VerifyOptions;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks all that is in a log. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        description = {
            "Reads the whole log in DIR and checks every checksum, number, value, footer and note in it.",
            "Changes nothing, and may run while the log is in use. Prints a line for each finding, then a summary.",
            "Exits with 0 if nothing was found and with 1 if something was."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "how many segments to read at once (default: as many as there are processors)")
    private int parallelism = VerifyOptions.defaults().parallelism();

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LogMessages.show(common.least(), console);
        VerifyReport report = verify(options());
        Verified verified = new Verified(report);
        console.print(common.json() ? verified.forScripts(common.directory()) + "\n" : verified.forPeople());
        return report.isSound() ? ExitCode.FINE : ExitCode.FINDINGS;
    }

    private VerifyOptions options() {
        try {
            return VerifyOptions.defaults().withParallelism(parallelism);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--parallelism': " + e.getMessage(), e);
        }
    }

    private VerifyReport verify(VerifyOptions options) {
        Logs.mustBeThere(common.directory());
        Bar bar = new Bar();
        Progress progress = Progress.of(bar::text, console);
        try {
            return Wal.verify(common.directory(), options.withProgress(bar));
        } catch (WalException e) {
            throw Problem.cannotOpen(e);
        } finally {
            progress.close();
        }
    }
}
