package dev.nori.wal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The records of one batch that is not appended yet, and those who wait for them. Guarded by the batcher. */
final class CollectedBatch {
    private final long beganNanos;
    private final List<WalRecord> records = new ArrayList<>();
    private final List<CompletableFuture<Position>> futures = new ArrayList<>();
    private long bytes;

    CollectedBatch(long beganNanos) {
        this.beganNanos = beganNanos;
    }

    static long bytesOf(WalRecord record) {
        return record.key().byteSize() + record.value().byteSize();
    }

    CompletableFuture<Position> add(WalRecord record) {
        CompletableFuture<Position> future = new CompletableFuture<>();
        records.add(record);
        futures.add(future);
        bytes += bytesOf(record);
        return future;
    }

    boolean isFull(BatchLimits limits) {
        return records.size() >= limits.records() || bytes >= limits.bytes();
    }

    /** Whether a record would make it larger than it may be, though not on its own. */
    boolean hasNoRoomFor(WalRecord record, BatchLimits limits) {
        return !records.isEmpty() && bytes + bytesOf(record) > limits.bytes();
    }

    long nanosLeft(BatchLimits limits, long nowNanos) {
        return limits.age().toNanos() - (nowNanos - beganNanos);
    }

    /** Appends it and tells everybody. Never throws: what went wrong is what they are told. */
    void appendTo(Wal wal, Durability durability) {
        List<Position> positions;
        try {
            positions = wal.appendBatch(records, durability);
        } catch (RuntimeException | Error e) {
            for (CompletableFuture<Position> future : futures) future.completeExceptionally(e);
            return;
        }
        for (int i = 0; i < futures.size(); i++) futures.get(i).complete(positions.get(i));
    }
}
