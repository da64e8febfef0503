package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Removes what killed harnesses have left. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        header = "Removes mounts, loop devices and folders that a killed crash-disk has left behind.",
        description = {"", "Touches only what lies in its own temporary folders and whose process is gone."})
final class SweepCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (spec == null) throw new IllegalStateException("not called by picocli");
        Leftovers.remove().forEach(line -> spec.commandLine().getOut().println("removed " + line));
        return CrashDiskCommand.KEPT;
    }
}
