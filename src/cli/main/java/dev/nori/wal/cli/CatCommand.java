package dev.nori.wal.cli;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives back what is in a log. */
@Command(
        name = "cat",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        description = {
            "Writes the value of each record in the log in DIR to standard output, a newline after each.",
            "The log must not be open elsewhere. Removals have no value and are left out; --json shows them."
        })
final class CatCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 16;
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--from",
            paramLabel = "SEQUENCE",
            description = "begin with the record of this number; the first record ever has 0")
    private long fromSequence;

    CatCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LogMessages.show(common.least(), console);
        try (Wal wal = Logs.openExisting(common.directory(), WalConfig.defaults())) {
            console.onExit().accept(wal::close);
            write(wal);
        } catch (WalException.Closed toldToEnd) {
            return ExitCode.FINE;
        } catch (WalException e) {
            throw Problem.midway(Problem.text(e));
        } catch (IOException e) {
            return outputBroke(e);
        }
        return ExitCode.FINE;
    }

    private void write(Wal wal) throws IOException {
        EntryFormat format = common.json() ? EntryFormat.JSON : EntryFormat.LINES;
        OutputStream out = new BufferedOutputStream(console.out(), BUFFER_BYTES);
        try (WalReader reader = wal.readFrom(wal.recovery().first())) {
            for (LogEntry entry : reader) {
                if (entry.sequence() >= fromSequence) format.write(entry, out);
            }
        } finally {
            out.flush();
        }
    }

    // A reader such as head that has seen enough is no failure.
    private int outputBroke(IOException e) {
        if (console.outIsPipe()) return ExitCode.FINE;
        throw Problem.midway("cannot write to standard output: " + Problem.text(e));
    }
}
