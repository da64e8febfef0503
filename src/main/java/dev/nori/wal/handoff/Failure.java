package dev.nori.wal.handoff;

import dev.nori.wal.WalException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The first failure of a write or a sync: latched, final, told to everybody. Nothing is tried again after it, because
 * after a failed sync the kernel may have dropped the bytes, and the next sync would succeed on nothing.
 */
public final class Failure {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /** Latches a failure; only the first one counts. */
    public void latch(Throwable cause) {
        first.compareAndSet(null, cause);
    }

    /** Whether something failed. */
    public boolean isLatched() {
        return first.get() != null;
    }

    /** Throws {@link WalException.Failed} with the first failure as its cause, if there was one. */
    public void check() {
        Throwable cause = first.get();
        if (cause != null) throw asException(cause);
    }

    /** The exception for a waiter whose append will never be durable. */
    public WalException.Failed asException() {
        Throwable cause = first.get();
        return asException(cause == null ? new IllegalStateException("nothing failed") : cause);
    }

    private static WalException.Failed asException(Throwable cause) {
        return new WalException.Failed(
                "the log failed and accepts nothing more; open it again to recover: " + cause.getMessage(), cause);
    }
}
