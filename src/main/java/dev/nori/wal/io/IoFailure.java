package dev.nori.wal.io;

import java.io.IOException;

/**
 * A call to the file system that failed, with all that is needed to say what and where.
 *
 * <p>The message reads like {@code pwrite /var/log/app/0000000040.wal offset=8192 length=4096: ENOSPC (28)}.
 */
public final class IoFailure extends IOException {
    private static final long serialVersionUID = 1;

    /** What a caller may decide upon; everything else is {@link #OTHER}. */
    public enum Kind {
        /** No space or no quota left. */
        FULL,
        /** No file of that name. */
        NOT_FOUND,
        /** A file of that name exists. */
        EXISTS,
        /** No permission, or the file system is read-only. */
        DENIED,
        /** Somebody else holds the lock. */
        LOCKED,
        /** The engine or the file system cannot do that. */
        UNSUPPORTED,
        /** Anything else: the device, the kernel. */
        OTHER
    }

    private final Kind kind;
    private final int errno;

    /**
     * @param kind what callers may decide upon
     * @param errno the kernel's number, or 0 where the engine does not learn it
     * @param message what was asked, of which file, and the answer
     * @param cause the exception underneath, or null
     */
    public IoFailure(Kind kind, int errno, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.errno = errno;
    }

    /** What callers may decide upon. */
    public Kind kind() {
        return kind;
    }

    /** The kernel's number, or 0 where the engine does not learn it. */
    public int errno() {
        return errno;
    }
}
