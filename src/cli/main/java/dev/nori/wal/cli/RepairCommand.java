package dev.nori.wal.cli;

import dev.nori.wal.SalvageReport;
import dev.nori.wal.Verdict;
import dev.nori.wal.VerifyFinding;
import dev.nori.wal.VerifyOptions;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.cli.Repaired.State;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps what can be proved of a log that is refused as damaged. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        description = {
            "Says what can be proved of the damaged log in DIR, what is lost and what would be done. Changes nothing.",
            "With --write it is done: damaged files are copied aside, records behind a hole become logs of their own,"
                    + " and then the log ends before the first hole and opens.",
            "The log must not be open elsewhere. Putting back a copy of the damaged file loses less: try that first."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there is nothing to repair, or it was repaired",
            "1:there is something to repair, and nothing was changed",
            "2:the command was not understood",
            "3:the log cannot be looked at or changed: missing, locked, forbidden, from a later version, no space"
        })
final class RepairCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--write", description = "do it; without it nothing is changed")
    private boolean write;

    RepairCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LogMessages.show(common.least(), console);
        Logs.mustBeThere(common.directory());
        Repaired repaired = repair();
        console.print(common.json() ? repaired.forScripts() + "\n" : repaired.forPeople());
        return repaired.state() == State.PLANNED ? ExitCode.FINDINGS : ExitCode.FINE;
    }

    /** Asks first in any case: where there is no log, or nothing to do, not even a lock is taken. */
    private Repaired repair() {
        SalvageReport plan = asked(Wal::planSalvage);
        if (plan.verdict() instanceof Verdict.New) {
            throw Problem.cannotOpen(
                    "there is no log: %s holds no segment that was begun".formatted(common.directory()));
        }
        if (plan.verdict() instanceof Verdict.Sound) return new Repaired(common.directory(), plan, State.SOUND, left());
        if (!write) return new Repaired(common.directory(), plan, State.PLANNED, List.of());
        SalvageReport done = asked(Wal::salvage);
        State state = done.verdict() instanceof Verdict.Sound ? State.SOUND : State.REPAIRED;
        return new Repaired(common.directory(), done, state, left());
    }

    private SalvageReport asked(Function<Path, SalvageReport> salvage) {
        try {
            return salvage.apply(common.directory());
        } catch (WalException e) {
            throw Problem.cannotOpen(e);
        } catch (IllegalArgumentException e) { // a record has to be written anew, and its codec is not there
            throw Problem.cannotOpen(Problem.text(e));
        }
    }

    /** What is other than it was written, and stays so. */
    private List<VerifyFinding> left() {
        Bar bar = new Bar();
        Progress progress = Progress.of(bar::text, console);
        try {
            VerifyOptions options = VerifyOptions.defaults().withProgress(bar);
            return Wal.verify(common.directory(), options).findings();
        } catch (WalException e) {
            throw Problem.cannotOpen(e);
        } finally {
            progress.close();
        }
    }
}
