package dev.nori.wal.crash.fault;

import dev.nori.wal.WalConfig;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Cell;
import dev.nori.wal.crash.Child;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/** A small file system that becomes really full, is given space again, and goes down. */
final class FullTrial {
    private static final int SECTOR_BYTES = 512;
    private static final long SEGMENT_BYTES = 2 * WalConfig.MIN_SEGMENT_BYTES; // room for the largest batch
    private static final long LEAST_LEFT_BYTES = 10L << 20; // the stage and two segments
    private static final long MOST_LEFT_BYTES = 16L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SLACK = Duration.ofSeconds(1);
    private static final int MORE_ACKS = 20;
    private static final int MAX_THREADS = 3;

    private final FileSystem fileSystem;
    private final MutantClasses classes;
    private final Path directory;
    private final Path mountPoint;
    private final LogSpec log;
    private final AppendMode mode;
    private final int threads;
    private final long leftBytes;
    private final boolean powerGoes;
    private final Aftermath aftermath;
    private boolean wasFull;

    /** @param directory the trial's own, there already */
    FullTrial(FileSystem fileSystem, Setting setting, MutantClasses classes, Path directory, long seed) {
        this.fileSystem = fileSystem;
        this.classes = classes;
        this.directory = directory;
        this.mountPoint = directory.resolve("mount");
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, 0));
        this.mode = AppendMode.values()[random.nextInt(AppendMode.values().length)];
        this.threads = 1 + random.nextInt(MAX_THREADS);
        this.leftBytes = random.nextLong(LEAST_LEFT_BYTES, MOST_LEFT_BYTES);
        this.powerGoes = random.nextBoolean();
        this.log = new LogSpec(mountPoint.resolve("log"), setting.policy(), setting.io(), SEGMENT_BYTES, seed);
        Cell cell = new Cell(FaultLevel.NAME, fileSystem.type(), setting.policy(), setting.io(), "full disk");
        this.aftermath = new Aftermath(cell, log, classes, directory);
    }

    FaultOutcome run() throws IOException, InterruptedException {
        Files.createDirectories(mountPoint);
        try (ShutdownDisk disk = ShutdownDisk.create(fileSystem, fileSystem.minimumBytes(), SECTOR_BYTES)) {
            disk.mount(mountPoint);
            Session session = append(disk);
            if (powerGoes) disk.remount();
            aftermath.inspect("after the cut", session);
            aftermath.inspect("once more");
        }
        return new FaultOutcome(new TrialOutcome(toString(), aftermath.matrix(), aftermath.wrong()), wasFull);
    }

    private Session append(ShutdownDisk disk) throws IOException, InterruptedException {
        Ballast ballast = Ballast.load(mountPoint, leftBytes);
        Workload workload = Workload.appends(log, 0, threads, mode, Sizes.LARGE);
        try (Child<Transcript> worker = Workers.start(classes, directory, workload)) {
            wasFull = worker.reader().awaitFull(PATIENCE);
            if (!wasFull) worker.kill();
            if (!wasFull) aftermath.wrong("no append was refused: " + Workers.words(worker));
            ballast.throwOff();
            goOn(worker);
            Cut cut = cut(disk, worker);
            worker.kill();
            worker.await(PATIENCE);
            return Session.of(workload, worker.reader(), cut);
        }
    }

    private void goOn(Child<Transcript> worker) throws InterruptedException {
        int acks = worker.reader().ledger().mark().acks();
        boolean goesOn = worker.reader().ledger().await(acks + MORE_ACKS, PATIENCE.toNanos());
        if (goesOn) return;
        worker.kill();
        aftermath.wrong("nothing is taken although there is space again: " + Workers.words(worker));
    }

    private Cut cut(ShutdownDisk disk, Child<Transcript> worker) throws IOException {
        Cut.Power power = new Cut.Power(worker.reader().ledger().mark(), System.nanoTime(), SLACK);
        if (!powerGoes) return new Cut.Kill();
        disk.shutdown(ShutdownDisk.Manner.FLUSH_NOTHING);
        return power;
    }

    /** In words. */
    @Override
    public String toString() {
        return "%s with %d KiB left, %s %s %s, %d threads, then %s"
                .formatted(
                        fileSystem.type(),
                        leftBytes >> 10,
                        Policies.inWords(log.policy()),
                        log.io(),
                        mode,
                        threads,
                        powerGoes ? "a power cut" : "a kill");
    }
}
