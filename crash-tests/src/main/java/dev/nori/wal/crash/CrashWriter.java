package dev.nori.wal.crash;

import dev.nori.wal.Compression;
import dev.nori.wal.Durability;
import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link CrashWorker}: appends, waits for the acknowledgement, reports it. */
final class CrashWriter {
    private static final long FULL_PAUSE_MILLIS = 10;
    private static final Compression[] CODECS = Compression.values();

    private final Workload workload;
    private final int writer;
    private final Wal wal;
    private final Reporter reporter;
    private final Gate gate;
    private final Semaphore permits;
    private final Semaphore futures = new Semaphore(Workload.ASYNC_WINDOW);
    private final SplittableRandom random;
    private long n;
    private volatile @Nullable Throwable failure;

    CrashWriter(Workload workload, int writer, Wal wal, Reporter reporter, Gate gate, Semaphore permits) {
        this.workload = workload;
        this.writer = writer;
        this.wal = wal;
        this.reporter = reporter;
        this.gate = gate;
        this.permits = permits;
        this.random = new SplittableRandom(Seeds.mix(workload.log().seed(), -1L - writer));
    }

    /** All steps, each after its permit; returns when every future is complete. */
    void run() throws InterruptedException {
        for (long step = 0; step < workload.steps(); step++) {
            permits.acquire();
            step();
            rethrow();
        }
        futures.acquire(Workload.ASYNC_WINDOW);
        rethrow();
    }

    private void step() throws InterruptedException {
        switch (workload.mode()) {
            case SYNC -> inside(() -> append(Durability.POLICY));
            case ASYNC -> appendAsync();
            case BATCH -> inside(this::appendBatch);
            case MIXED -> anything();
        }
    }

    /** What is done, and reported, before anybody takes the end of the log away. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private void inside(Work work) throws InterruptedException {
        gate.enter();
        try {
            work.run();
        } finally {
            gate.leave();
        }
    }

    private void anything() throws InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 45) inside(() -> append(Durability.POLICY));
        else if (dice < 70) appendAsync();
        else if (dice < 92) inside(this::appendBatch);
        else if (dice < 96) inside(() -> append(Durability.DURABLE));
        else if (dice < 98) inside(this::sync);
        else inside(() -> reporter.durableTo(wal.durablePosition().bytes()));
    }

    private void append(Durability durability) throws InterruptedException {
        long mine = n++;
        WalRecord record = record(RecordId.single(writer, mine));
        long position = untilThereIsSpace(() -> wal.append(record, durability)).bytes();
        reporter.acknowledged(writer, mine, position);
        if (durability == Durability.DURABLE) reporter.durableTo(position + 1);
        else sayDurable(position);
    }

    private void appendBatch() throws InterruptedException {
        int size = random.nextInt(2, Workload.MAX_BATCH + 1);
        long first = n;
        n += size;
        List<WalRecord> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) batch.add(record(new RecordId(writer, first + i, i, size)));
        long[] positions = untilThereIsSpace(() -> wal.appendBatch(batch)).stream()
                .mapToLong(Position::bytes)
                .toArray();
        reporter.acknowledged(writer, first, positions);
        sayDurable(positions[size - 1]);
    }

    private void appendAsync() throws InterruptedException {
        futures.acquire();
        gate.enter();
        long mine = n++;
        WalRecord record = record(RecordId.single(writer, mine));
        CompletableFuture<Void> reported = untilThereIsSpace(() -> wal.appendAsync(record))
                .thenAccept(position -> {
                    reporter.acknowledged(writer, mine, position.bytes());
                    sayDurable(position.bytes());
                })
                .whenComplete((nothing, thrown) -> {
                    if (thrown != null) failure = thrown;
                    gate.leave();
                    futures.release();
                });
        if (reported.isCompletedExceptionally()) rethrow();
    }

    /** A full disk refuses an append whole; it can be tried again as if nothing had been. */
    private <T> T untilThereIsSpace(Supplier<T> append) throws InterruptedException {
        while (true) {
            try {
                return append.get();
            } catch (WalException.Full full) {
                reporter.say(Transcript.FULL);
                Thread.sleep(FULL_PAUSE_MILLIS);
            }
        }
    }

    private void sync() {
        long before = reporter.highestAcknowledged();
        wal.sync();
        reporter.durableTo(before + 1);
    }

    private void sayDurable(long position) {
        if (workload.log().policy() instanceof FsyncPolicy.Always) reporter.durableTo(position + 1);
    }

    private WalRecord record(RecordId id) {
        WalRecord record = RecordContent.of(workload.log().seed(), id, workload.sizes());
        if (workload.mode() != AppendMode.MIXED) return record;
        return record.compressed(CODECS[random.nextInt(CODECS.length)]);
    }

    private void rethrow() {
        Throwable thrown = failure;
        if (thrown == null) return;
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (cause instanceof WalException refused) throw refused;
        throw new CompletionException(cause);
    }
}
