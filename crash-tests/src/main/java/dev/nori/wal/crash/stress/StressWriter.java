package dev.nori.wal.crash.stress;

import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Appends its records, one after the other, in every form there is, until the time is over. */
final class StressWriter implements Runnable {
    private static final int LARGEST_BATCH = 8;
    private static final int RESTS_EACH = 64;
    private static final long REST_NANOS =
            TimeUnit.MILLISECONDS.toNanos(2); // or the disk is full before the time is over

    private final Wal wal;
    private final int writer;
    private final long endNanos;
    private final SplittableRandom random;
    private volatile long appended; // written by the writer alone

    StressWriter(Wal wal, int writer, long endNanos, long seed) {
        this.wal = wal;
        this.writer = writer;
        this.endNanos = endNanos;
        this.random = new SplittableRandom(seed + writer);
    }

    /** How many it has appended, and was acknowledged for. */
    long appended() {
        return appended;
    }

    @Override
    public void run() {
        for (int round = 1; System.nanoTime() < endNanos; round++) {
            append();
            if (round % RESTS_EACH == 0) LockSupport.parkNanos(REST_NANOS);
        }
    }

    private void append() {
        long first = appended;
        switch (random.nextInt(100)) {
            case 0 -> wal.append(Content.record(writer, first), Durability.DURABLE);
            case 1, 2, 3, 4 -> {
                appendBatch(first, 1 + random.nextInt(LARGEST_BATCH));
                return;
            }
            case 5, 6, 7, 8 -> {
                appendLater(first, 1 + random.nextInt(LARGEST_BATCH));
                return;
            }
            default -> wal.append(Content.record(writer, first));
        }
        appended = first + 1;
    }

    private void appendBatch(long first, int count) {
        List<WalRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) records.add(Content.record(writer, first + i));
        wal.appendBatch(records);
        appended = first + count;
    }

    private void appendLater(long first, int count) {
        List<CompletableFuture<Position>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Durability durability = random.nextInt(50) == 0 ? Durability.DURABLE : Durability.POLICY;
            futures.add(wal.appendAsync(Content.record(writer, first + i), durability));
        }
        futures.forEach(CompletableFuture::join);
        appended = first + count;
    }
}
