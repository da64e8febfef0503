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
import dev.nori.wal.crash.sys.FileSizeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A worker whose files may not be longer than a place in the segment that it is about to reach: the write that comes there is
 * cut short, the next one fails.
 */
final class LimitTrial {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LONGEST_START_MICROS = 20_000;
    private static final int MAX_THREADS = 4;

    private final Path directory;
    private final MutantClasses classes;
    private final SplittableRandom random;
    private final LogSpec log;
    private final AppendMode mode;
    private final int threads;
    private final long limitBytes;
    private final Aftermath aftermath;

    /** @param directory the trial's own, there already */
    LimitTrial(Setting setting, MutantClasses classes, Path directory, long seed) throws IOException {
        this.directory = directory;
        this.classes = classes;
        this.random = new SplittableRandom(Seeds.mix(seed, 0));
        this.mode = AppendMode.values()[random.nextInt(AppendMode.values().length)];
        this.threads = 1 + random.nextInt(MAX_THREADS);
        long segmentBytes = WalConfig.MIN_SEGMENT_BYTES << random.nextInt(1, 3);
        this.limitBytes = random.nextLong(segmentBytes / 4, segmentBytes);
        this.log = new LogSpec(directory.resolve("log"), setting.policy(), setting.io(), segmentBytes, seed);
        String fileSystem = Files.getFileStore(directory).type();
        this.aftermath = new Aftermath(
                new Cell(FaultLevel.NAME, fileSystem, setting.policy(), setting.io(), "file size"),
                log,
                classes,
                directory);
    }

    FaultOutcome run() throws IOException, InterruptedException {
        Session session = append();
        aftermath.inspect("without the limit", session);
        return new FaultOutcome(new TrialOutcome(toString(), aftermath.matrix(), aftermath.wrong()), true);
    }

    private Session append() throws IOException, InterruptedException {
        Workload workload = Workload.appends(log, 0, threads, mode, Sizes.VARIED);
        try (Child<Transcript> worker = Workers.start(classes, directory, workload)) {
            worker.reader().ledger().await(1);
            TimeUnit.MICROSECONDS.sleep(random.nextLong(LONGEST_START_MICROS));
            if (worker.isAlive()) FileSizeLimit.set(worker.pid(), limitBytes);
            int exitCode = worker.await(PATIENCE);
            if (exitCode != CrashWorker.FAILED)
                aftermath.wrong("the worker ended with " + exitCode + ": " + Workers.words(worker));
            return Session.of(workload, worker.reader(), new Cut.Kill());
        }
    }

    /** In words. */
    @Override
    public String toString() {
        return "no file beyond %d bytes, %s %s %s, %d threads, segments of %d MiB"
                .formatted(
                        limitBytes, Policies.inWords(log.policy()), log.io(), mode, threads, log.segmentBytes() >> 20);
    }
}
