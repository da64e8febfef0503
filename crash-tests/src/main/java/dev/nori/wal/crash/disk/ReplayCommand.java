package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds a crash state again from a kept log. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        header = "Builds a crash state again from a log that --keep has kept.",
        description = {
            "",
            "Writes the state's image to a file, which 'mount -o loop' mounts, and prints what it is. Seed, cut point"
                    + " and subset are in the broken state's line; of a state that was cut again, the last ones there."
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--seed",
            required = true,
            paramLabel = "S",
            description = "The chooser's seed: the line's 'seed='.")
    private long seed;

    @Option(names = "--cut", required = true, paramLabel = "N", description = "The cut point: events before it.")
    private int cutPoint;

    @Option(names = "--subset", required = true, paramLabel = "N", description = "Which state at this cut point.")
    private long subsetSeed;

    @Option(names = "--loss", paramLabel = "KIND", description = "Another kind of loss: ${COMPLETION-CANDIDATES}.")
    private @Nullable Loss loss;

    @Option(
            names = "--fs",
            defaultValue = "ext4",
            paramLabel = "NAME",
            description = "File system on the disk: ext4, xfs or btrfs. Default: ${DEFAULT-VALUE}.")
    private FileSystem fileSystem = FileSystem.EXT4;

    @Parameters(index = "0", paramLabel = "LOG", description = "The kept log.")
    private Path logFile = Path.of("");

    @Parameters(index = "1", paramLabel = "IMAGE", description = "Where to write the image; replaced if it exists.")
    private Path imageFile = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (spec == null) throw new IllegalStateException("not called by picocli");
        PrintWriter out = spec.commandLine().getOut();
        DiskLog log = DiskLogFile.read(logFile);
        ImageChooser images = new ImageChooser(log, seed, fileSystem);
        CutImage state = loss == null ? images.choose(cutPoint, subsetSeed) : images.choose(cutPoint, subsetSeed, loss);
        state.image().writeTo(imageFile);
        out.println(state.describe());
        return CrashDiskCommand.KEPT;
    }
}
