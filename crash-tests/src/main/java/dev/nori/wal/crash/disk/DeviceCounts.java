package dev.nori.wal.crash.disk;

/**
 * What reached a disk since it was started.
 *
 * @param writes writes that succeeded
 * @param writtenBytes their bytes
 * @param flushes flushes that succeeded
 * @param failedWrites writes that an injected fault failed
 * @param failedFlushes flushes that an injected fault failed
 */
public record DeviceCounts(long writes, long writtenBytes, long flushes, long failedWrites, long failedFlushes) {
    static final DeviceCounts ZERO = new DeviceCounts(0, 0, 0, 0, 0);

    /** Faults that have fired. */
    public long faults() {
        return failedWrites + failedFlushes;
    }

    DeviceCounts plusWrite(long bytes) {
        return new DeviceCounts(writes + 1, writtenBytes + bytes, flushes, failedWrites, failedFlushes);
    }

    DeviceCounts plusFlush() {
        return new DeviceCounts(writes, writtenBytes, flushes + 1, failedWrites, failedFlushes);
    }

    DeviceCounts plusFailed(Fault.Target target) {
        return switch (target) {
            case WRITE -> new DeviceCounts(writes, writtenBytes, flushes, failedWrites + 1, failedFlushes);
            case FLUSH -> new DeviceCounts(writes, writtenBytes, flushes, failedWrites, failedFlushes + 1);
        };
    }
}
