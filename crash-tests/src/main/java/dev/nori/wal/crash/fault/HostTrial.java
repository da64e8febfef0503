package dev.nori.wal.crash.fault;

import dev.nori.wal.WalConfig;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Child;
import dev.nori.wal.crash.CrashWorker;
import dev.nori.wal.crash.Cut;
import dev.nori.wal.crash.LogSpec;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Policies;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Session;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.Transcript;
import dev.nori.wal.crash.TrialOutcome;
import dev.nori.wal.crash.Workers;
import dev.nori.wal.crash.Workload;
import dev.nori.wal.crash.disk.FileSystem;
import dev.nori.wal.crash.disk.ShutdownDisk;
import dev.nori.wal.crash.sys.SysException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * A disk that has promised more than it has: its image is sparse, and what it lies on is full. The file system learns of that
 * when it writes back, so the log learns of it from a sync.
 */
final class HostTrial {
    private static final int SECTOR_BYTES = 512;
    private static final long HOST_BYTES = 512L << 20;
    private static final long MOST_LEFT_BYTES = 2L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SLACK = Duration.ofSeconds(1);
    private static final int MAX_THREADS = 3;

    private final FileSystem fileSystem;
    private final MutantClasses classes;
    private final Path directory;
    private final Path mountPoint;
    private final LogSpec log;
    private final AppendMode mode;
    private final int threads;
    private final long leftBytes;
    private final Aftermath aftermath;

    /** @param directory the trial's own, there already */
    HostTrial(FileSystem fileSystem, Setting setting, MutantClasses classes, Path directory, long seed) {
        this.fileSystem = fileSystem;
        this.classes = classes;
        this.directory = directory;
        this.mountPoint = directory.resolve("mount");
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, 0));
        this.mode = AppendMode.values()[random.nextInt(AppendMode.values().length)];
        this.threads = 1 + random.nextInt(MAX_THREADS);
        this.leftBytes = random.nextLong(MOST_LEFT_BYTES);
        this.log = new LogSpec(
                mountPoint.resolve("log"), setting.policy(), setting.io(), WalConfig.MIN_SEGMENT_BYTES, seed);
        Cell cell = new Cell(FaultLevel.NAME, fileSystem.type(), setting.policy(), setting.io(), "full host");
        this.aftermath = new Aftermath(cell, log, classes, directory);
    }

    FaultOutcome run() throws IOException, InterruptedException {
        Files.createDirectories(mountPoint);
        try (ShutdownDisk disk =
                ShutdownDisk.createOnTmpfs(fileSystem, fileSystem.minimumBytes(), SECTOR_BYTES, HOST_BYTES)) {
            disk.mount(mountPoint);
            Session session = append(disk);
            goDown(disk);
            disk.remount();
            aftermath.inspect("after the cut", session);
        }
        return new FaultOutcome(new TrialOutcome(toString(), aftermath.matrix(), aftermath.wrong()), true);
    }

    private Session append(ShutdownDisk disk) throws IOException, InterruptedException {
        Workload workload = Workload.appends(log, 0, threads, mode, Sizes.VARIED);
        try (Child<Transcript> worker = Workers.start(classes, directory, workload)) {
            worker.reader().ledger().await(1);
            Ballast ballast = Ballast.load(disk.folder(), leftBytes);
            boolean refused = worker.reader().awaitFull(PATIENCE);
            if (!refused) return ended(workload, worker, ballast);
            // The file system learnt of it when it asked for space: then the log is full, and lives.
            Cut.Power cut = new Cut.Power(worker.reader().ledger().mark(), System.nanoTime(), SLACK);
            worker.kill();
            worker.await(PATIENCE);
            ballast.throwOff();
            return Session.of(workload, worker.reader(), cut);
        }
    }

    /** One that ended by itself has said all it ever will, and nothing of it was in flight. */
    private Session ended(Workload workload, Child<Transcript> worker, Ballast ballast)
            throws IOException, InterruptedException {
        long nanos = System.nanoTime();
        if (!worker.awaitEnd(PATIENCE)) worker.kill();
        int exitCode = worker.await(PATIENCE);
        if (exitCode != CrashWorker.FAILED)
            aftermath.wrong("the worker ended with " + exitCode + ": " + Workers.words(worker));
        ballast.throwOff();
        Cut.Power cut = new Cut.Power(worker.reader().ledger().mark(), nanos, SLACK);
        return Session.of(workload, worker.reader(), cut);
    }

    /** It may be down already. */
    private static void goDown(ShutdownDisk disk) {
        try {
            disk.shutdown(ShutdownDisk.Manner.FLUSH_NOTHING);
        } catch (SysException alreadyDown) {
            // Then it has lost what it will lose.
        }
    }

    /** In words. */
    @Override
    public String toString() {
        return "%s on a full host, %d KiB left, %s %s %s, %d threads"
                .formatted(fileSystem.type(), leftBytes >> 10, Policies.inWords(log.policy()), log.io(), mode, threads);
    }
}
