package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.disk.SelfCheck.Verdict;
import dev.nori.wal.crash.disk.ShutdownDisk.Manner;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the kits themselves on this machine. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        header = "Proves that the disk loses what it should and keeps what it must, on this machine.",
        description = {
            "",
            "For each file system: synced data must survive the cut and unsynced data be lost. Then the canaries: with"
                    + " barriers off, or a shutdown that flushes, the same check must fail. What the machine lacks is"
                    + " skipped with its reason. Exit status 4 if anything is not as it must be."
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    private boolean trustworthy = true;

    @Override
    public Integer call() throws IOException {
        if (spec == null) throw new IllegalStateException("not called by picocli");
        PrintWriter out = spec.commandLine().getOut();
        out.println(Environment.describe());
        for (FileSystem fileSystem : FileSystem.values()) {
            checkCrashDisk(fileSystem, out);
            checkShutdownDisk(fileSystem, out);
        }
        return trustworthy ? CrashDiskCommand.KEPT : CrashDiskCommand.HARNESS_FAILED;
    }

    private void checkCrashDisk(FileSystem fileSystem, PrintWriter out) throws IOException {
        if (skipped(CrashDisk.missing(fileSystem), "crash disk", fileSystem, out)) return;
        for (int sectorSizeBytes : new int[] {512, 4096}) {
            expectPass(SelfCheck.crashDisk(fileSystem, sectorSizeBytes), out);
        }
        String lie = fileSystem.withoutBarriers();
        if (!lie.isEmpty()) expectFailure(SelfCheck.crashDisk(fileSystem, 512, lie), out);
    }

    private void checkShutdownDisk(FileSystem fileSystem, PrintWriter out) throws IOException {
        if (skipped(ShutdownDisk.missing(fileSystem), "shutdown disk", fileSystem, out)) return;
        expectPass(SelfCheck.shutdownDisk(fileSystem, Manner.FLUSH_NOTHING), out);
        expectFailure(SelfCheck.shutdownDisk(fileSystem, Manner.FLUSH_ALL), out);
    }

    private static boolean skipped(Optional<String> missing, String kit, FileSystem fileSystem, PrintWriter out) {
        missing.ifPresent(reason -> out.println("SKIPPED " + kit + "/" + fileSystem.type() + ": " + reason));
        return missing.isPresent();
    }

    private void expectPass(Verdict verdict, PrintWriter out) {
        out.println(verdict.describe());
        trustworthy &= verdict.passed();
    }

    private void expectFailure(Verdict verdict, PrintWriter out) {
        out.println((verdict.passed() ? "FAILED HARNESS, sees no difference: " : "canary seen: ") + verdict.evidence());
        trustworthy &= !verdict.passed();
    }
}
