package dev.nori.wal.crash.disk;

/**
 * An I/O error that a disk shall answer with: EIO on the {@code nth} request of a kind, counted from its injection.
 *
 * <p>A write that goes on where the one before it ended does not count and does not fail: it may be a piece of one request
 * of the kernel, whose failure the loop driver would not pass on. A write that fails leaves the bytes as they were; a flush that fails makes nothing durable.
 *
 * @param target which requests count
 * @param nth 1 for the next one
 * @param extent whether the ones after it fail too
 */
public record Fault(Target target, long nth, Extent extent) {
    /** Which requests a fault is about. */
    public enum Target {
        WRITE,
        FLUSH
    }

    /** How long a fault lasts. */
    public enum Extent {
        /** The nth request fails, the next one succeeds. */
        ONCE,
        /** The nth request fails and so does each after it. */
        FOR_GOOD
    }

    public Fault {
        if (nth < 1) throw new IllegalArgumentException("nth must be at least 1: " + nth);
    }

    /** Whether the {@code count}-th request since the injection fails. */
    boolean hits(long count) {
        return switch (extent) {
            case ONCE -> count == nth;
            case FOR_GOOD -> count >= nth;
        };
    }
}
