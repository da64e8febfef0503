package dev.nori.wal.crash.device;

import dev.nori.wal.crash.Child;
import dev.nori.wal.crash.LogSpec;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Transcript;
import dev.nori.wal.crash.Transcript.Stage;
import dev.nori.wal.crash.Workers;
import dev.nori.wal.crash.Workload;
import dev.nori.wal.crash.Workload.Pace;
import dev.nori.wal.crash.device.Recording.Life;
import dev.nori.wal.crash.device.Recording.Sight;
import dev.nori.wal.crash.disk.CrashDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Lets workers loose on a disk and watches both. */
final class Recorder {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LIVES = 2;
    private static final long LONGEST_LIFE_MICROS = 250_000;
    private static final int LONGEST_LOCKSTEP = 60;
    private static final long LOCKSTEP_PATIENCE_NANOS = 20_000_000;
    private static final long BETWEEN_SIGHTS_NANOS = 300_000;

    private final DiskPlan plan;
    private final MutantClasses classes;
    private final CrashDisk disk;
    private final LogSpec log;
    private final Path scratch;
    private final SplittableRandom random;
    private final List<Life> lives = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>(); // the watching thread's own until it has ended
    private int lastEvent; // the watching thread's own
    private volatile @Nullable Watched watched;
    private volatile boolean over;

    private record Watched(int life, Transcript transcript) {}

    /** @param disk mounted, with the log's directory on it */
    Recorder(DiskPlan plan, MutantClasses classes, CrashDisk disk, LogSpec log, Path scratch, SplittableRandom random) {
        this.plan = plan;
        this.classes = classes;
        this.disk = disk;
        this.log = log;
        this.scratch = scratch;
        this.random = random;
    }

    /**
     * Records; the disk is cut and unmounted on return.
     *
     * @throws WorkerFailed if a worker ended by itself
     * @throws IOException if the harness fails
     */
    Recording record() throws IOException, InterruptedException {
        Thread watching = Thread.ofPlatform().daemon().name("watching").start(this::watch);
        try {
            for (int life = 0; life < LIVES; life++) live(life);
        } finally {
            over = true;
            watching.join();
            disk.cut();
        }
        disk.unmount();
        return new Recording(disk.log(), List.copyOf(lives), List.copyOf(sights));
    }

    /** A worker ended although nobody had harmed it. */
    static final class WorkerFailed extends IOException {
        private static final long serialVersionUID = 1;

        WorkerFailed(String message) {
            super(message);
        }
    }

    private void live(int life) throws IOException, InterruptedException {
        Workload appends = Workload.appends(
                        log, life * Workload.WRITERS_APART, plan.threads(), plan.mode(), plan.sizes())
                .with(plan.upkeep());
        Workload workload = plan.pace() == Pace.LOCKSTEP ? appends.inLockstep() : appends;
        try (Child<Transcript> worker = Workers.start(classes, scratch, workload)) {
            watched = new Watched(life, worker.reader());
            work(worker);
            if (!worker.isAlive()) throw failed(worker);
            long endNanos = System.nanoTime();
            if (life == LIVES - 1) disk.cut();
            worker.kill();
            worker.await(PATIENCE);
            lives.add(new Life(workload, worker.reader(), endNanos));
        }
    }

    private void work(Child<Transcript> worker) throws IOException, InterruptedException {
        if (!worker.reader().await(Stage.LISTED)) throw failed(worker);
        if (plan.pace() == Pace.LOCKSTEP) {
            int steps = 1 + random.nextInt(LONGEST_LOCKSTEP);
            for (int step = 1; step <= steps && worker.letGo(); step++) {
                worker.reader().ledger().await(step, LOCKSTEP_PATIENCE_NANOS);
            }
        } else {
            worker.reader().ledger().await(1);
            TimeUnit.MICROSECONDS.sleep(1 + random.nextLong(LONGEST_LIFE_MICROS));
        }
    }

    private static WorkerFailed failed(Child<Transcript> worker) throws IOException, InterruptedException {
        worker.kill();
        int exitCode = worker.await(PATIENCE);
        return new WorkerFailed("the worker ended with " + exitCode + ": " + Workers.words(worker));
    }

    /** What is known is looked up first and its mark set after, so a cut behind the mark owes all of it. */
    private void watch() {
        while (!over) {
            Watched now = watched;
            if (now != null) look(now);
            LockSupport.parkNanos(BETWEEN_SIGHTS_NANOS);
        }
    }

    private void look(Watched now) {
        Sight sight = new Sight(
                now.life,
                now.transcript.stage().compareTo(Stage.LISTED) >= 0,
                now.transcript.ledger().mark(),
                System.nanoTime());
        boolean isNews = sights.isEmpty()
                || !sights.getLast().acks().equals(sight.acks())
                || sights.getLast().listed() != sight.listed()
                || sights.getLast().life() != sight.life()
                || disk.position() > lastEvent;
        if (!isNews) return;
        sights.add(sight);
        disk.mark(sights.size() - 1L);
        lastEvent = disk.position();
    }
}
