package dev.nori.wal;

import java.time.Duration;
import java.util.Objects;

/**
 * How a log is kept. Immutable; start from a profile and change what you must:
 * {@code WalConfig.defaults().withFsyncPolicy(FsyncPolicy.always())}.
 *
 * @param maxSegmentBytes size of a segment file, in bytes: {@value #MIN_SEGMENT_BYTES} to {@value #MAX_SEGMENT_BYTES},
 *     a multiple of 4096. Default 128 MiB: rolls are rare, and trimming still gives space back in small pieces.
 *     It may differ from one open to the next; it holds for new segments. A record or batch must fit into one segment.
 * @param fsyncPolicy when an acknowledged append is durable. Default {@code Batch(5 ms)}: memory speed, and a power
 *     cut costs a few milliseconds.
 * @param preallocate whether a segment owns all its space before it is used. Default true: a sync then changes no
 *     metadata, and a full disk is noticed before an append is accepted. With false the space is taken in steps
 *     of 1 MiB.
 * @param nodeId a number that goes into events and statistics, to tell logs apart. Default 0.
 * @param io the engine. Default {@link IoMode#AUTO}.
 * @param retention what the log drops by itself. Default {@link Retention#keepAll}.
 */
public record WalConfig(
        long maxSegmentBytes,
        FsyncPolicy fsyncPolicy,
        boolean preallocate,
        int nodeId,
        IoMode io,
        Retention retention) {
    /** The smallest segment: 1 MiB. */
    public static final long MIN_SEGMENT_BYTES = 1L << 20;

    /** The largest segment: 1 GiB. */
    public static final long MAX_SEGMENT_BYTES = 1L << 30;

    private static final int BLOCK_BYTES = 4096;
    private static final long DEFAULT_SEGMENT_BYTES = 128L << 20;
    private static final Duration DEFAULT_WINDOW = Duration.ofMillis(5);

    /** Checks every limit. */
    public WalConfig {
        Objects.requireNonNull(fsyncPolicy, "fsyncPolicy");
        Objects.requireNonNull(io, "io");
        Objects.requireNonNull(retention, "retention");
        if (maxSegmentBytes < MIN_SEGMENT_BYTES
                || maxSegmentBytes > MAX_SEGMENT_BYTES
                || maxSegmentBytes % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("maxSegmentBytes must be a multiple of %d from %d to %d: %d"
                    .formatted(BLOCK_BYTES, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES, maxSegmentBytes));
        }
    }

    /** A configuration that keeps everything. */
    public WalConfig(long maxSegmentBytes, FsyncPolicy fsyncPolicy, boolean preallocate, int nodeId, IoMode io) {
        this(maxSegmentBytes, fsyncPolicy, preallocate, nodeId, io, Retention.keepAll());
    }

    /** 128 MiB segments, {@code Batch(5 ms)}, preallocated, node 0, {@link IoMode#AUTO}. */
    public static WalConfig defaults() {
        return new WalConfig(DEFAULT_SEGMENT_BYTES, FsyncPolicy.batch(DEFAULT_WINDOW), true, 0, IoMode.AUTO);
    }

    /** For many small records a second: 256 MiB segments and {@code Batch(10 ms)}. */
    public static WalConfig highThroughput() {
        return defaults()
                .withMaxSegmentBytes(2 * DEFAULT_SEGMENT_BYTES)
                .withFsyncPolicy(FsyncPolicy.batch(DEFAULT_WINDOW.multipliedBy(2)));
    }

    /** For data that must survive anything: {@code Always} and 64 MiB segments. */
    public static WalConfig durabilityCritical() {
        return defaults().withMaxSegmentBytes(DEFAULT_SEGMENT_BYTES / 2).withFsyncPolicy(FsyncPolicy.always());
    }

    /** For records of a megabyte and more: 512 MiB segments and {@code Batch(5 ms)}. */
    public static WalConfig largeRecords() {
        return defaults().withMaxSegmentBytes(4 * DEFAULT_SEGMENT_BYTES);
    }

    /** A copy with another segment size. */
    public WalConfig withMaxSegmentBytes(long bytes) {
        return new WalConfig(bytes, fsyncPolicy, preallocate, nodeId, io, retention);
    }

    /** A copy with another policy. */
    public WalConfig withFsyncPolicy(FsyncPolicy policy) {
        return new WalConfig(maxSegmentBytes, policy, preallocate, nodeId, io, retention);
    }

    /** A copy that preallocates. */
    public WalConfig withPreallocation() {
        return new WalConfig(maxSegmentBytes, fsyncPolicy, true, nodeId, io, retention);
    }

    /** A copy that takes space in steps of 1 MiB. */
    public WalConfig withoutPreallocation() {
        return new WalConfig(maxSegmentBytes, fsyncPolicy, false, nodeId, io, retention);
    }

    /** A copy with another node id. */
    public WalConfig withNodeId(int id) {
        return new WalConfig(maxSegmentBytes, fsyncPolicy, preallocate, id, io, retention);
    }

    /** A copy with another engine. */
    public WalConfig withIo(IoMode mode) {
        return new WalConfig(maxSegmentBytes, fsyncPolicy, preallocate, nodeId, mode, retention);
    }

    /** A copy with another retention. */
    public WalConfig withRetention(Retention other) {
        return new WalConfig(maxSegmentBytes, fsyncPolicy, preallocate, nodeId, io, other);
    }
}
