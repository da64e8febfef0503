package dev.nori.wal;

import java.time.Duration;
import java.util.Objects;

/**
 * When a {@link WalBatcher} appends what it has collected: as soon as one of the three is reached.
 *
 * @param records so many records; at least 1. Default 1000
 * @param bytes so many bytes of keys and values, not compressed; at least 1. Default 256 KiB. A batch must fit into a segment, with some 40 bytes
 *     for each record
 * @param age so long after the first record of the batch came; positive, at most {@link #MAX_AGE}. Default 2 ms
 */
public record BatchLimits(int records, long bytes, Duration age) {
    /** The longest that a record may be kept waiting for others: an hour. */
    public static final Duration MAX_AGE = Duration.ofHours(1);

    /** Checks every limit. */
    public BatchLimits {
        Objects.requireNonNull(age, "age");
        if (records < 1) throw new IllegalArgumentException("records must be >= 1: " + records);
        if (bytes < 1) throw new IllegalArgumentException("bytes must be >= 1: " + bytes);
        if (!age.isPositive() || age.compareTo(MAX_AGE) > 0) {
            throw new IllegalArgumentException("age must be positive and at most %s: %s".formatted(MAX_AGE, age));
        }
    }

    /** 1000 records, 256 KiB, 2 ms. */
    public static BatchLimits defaults() {
        return new BatchLimits(1000, 256 << 10, Duration.ofMillis(2));
    }

    /** A copy with another count. */
    public BatchLimits withRecords(int count) {
        return new BatchLimits(count, bytes, age);
    }

    /** A copy with another size, in bytes. */
    public BatchLimits withBytes(long size) {
        return new BatchLimits(records, size, age);
    }

    /** A copy with another age. */
    public BatchLimits withAge(Duration longest) {
        return new BatchLimits(records, bytes, longest);
    }
}
