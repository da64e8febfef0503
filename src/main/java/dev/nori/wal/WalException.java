package dev.nori.wal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the world did to the log. The caller's own mistakes are {@link IllegalArgumentException}s. */
public abstract sealed class WalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private WalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * A write or a sync failed, now or before. Final: the log accepts nothing more, the durable position stands
     * still, and every waiter and every later call that appends, syncs or waits gets this with the first failure as its
     * cause. What was acknowledged under the promise of the policy is still promised, and can still be read; open the log
     * again to recover it.
     */
    public static final class Failed extends WalException {
        private static final long serialVersionUID = 1;

        /** A failure with its cause. */
        public Failed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * There is no space for the append. It was refused whole, before a byte of it was taken; everything acknowledged
     * stays. The log lives on: appends succeed again once there is space.
     */
    public static final class Full extends WalException {
        private static final long serialVersionUID = 1;
        private final long bytesNeeded;
        private final long bytesFree;

        /** Says how much was needed and how much there is. */
        public Full(String message, long bytesNeeded, long bytesFree) {
            super(message, null);
            this.bytesNeeded = bytesNeeded;
            this.bytesFree = bytesFree;
        }

        /** Bytes the log needed from the file system to go on. */
        public long bytesNeeded() {
            return bytesNeeded;
        }

        /** Bytes the file system had free when it was asked. */
        public long bytesFree() {
            return bytesFree;
        }
    }

    /**
     * Bytes that had been durable are damaged or missing. Nothing was changed on disk. The message says where, what is lost, and what can be
     * done: put back a copy of the file, or keep what can be proved ({@link Wal#salvage}).
     */
    public static final class Corrupt extends WalException {
        private static final long serialVersionUID = 1;
        private final transient Verdict.Damage verdict;

        /** Says what the damage is. */
        public Corrupt(String message, Verdict.Damage verdict) {
            super(message, null);
            this.verdict = verdict;
        }

        /** What is damaged or missing. */
        public Verdict.Damage verdict() {
            return verdict;
        }

        /** The id of the damaged segment; {@link Verdict#NO_SEGMENT} if it is another file. */
        public long segment() {
            return verdict.segment();
        }

        /** Where the damage begins, in bytes from the start of the file. */
        public long offsetBytes() {
            return verdict.offsetBytes();
        }

        /** What it puts in doubt. */
        public LostRange lost() {
            return verdict.lost();
        }
    }

    /**
     * The log was written by a later version, or uses a feature this version does not know. Nothing was read
     * beyond that, nothing was changed on disk.
     */
    public static final class Unsupported extends WalException {
        private static final long serialVersionUID = 1;

        /** Says what is not known, and where. */
        public Unsupported(String message) {
            super(message, null);
        }
    }

    /** Somebody else has the log open; the message names the owner. */
    public static final class Locked extends WalException {
        private static final long serialVersionUID = 1;

        /** Says who. */
        public Locked(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The directory cannot be opened as a log: no permission, no such place, an engine that is not to be had. */
    public static final class CannotOpen extends WalException {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public CannotOpen(String message, IOException cause) {
            super(message, cause);
        }
    }

    /**
     * The file system did not give back bytes of the log. Says nothing about damage, changes nothing and is not final: the same
     * reader may be asked again, and appends go on.
     */
    public static final class CannotRead extends WalException {
        private static final long serialVersionUID = 1;

        /** Says what was asked, of which file, and the answer. */
        public CannotRead(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** The position was trimmed away at the front, or cut off at the end; reading goes on at {@link #first} and misses nothing that is left. */
    public static final class Truncated extends WalException {
        private static final long serialVersionUID = 1;
        private final transient Position first;

        /** Says what is left. */
        public Truncated(String message, Position first) {
            super(message, null);
            this.first = first;
        }

        /** The first position that is left; where the end was cut off, the place of the cut, behind which may be new records. */
        public Position first() {
            return first;
        }
    }

    /** The record or batch is larger than a segment can hold. Nothing was appended. */
    public static final class TooLarge extends WalException {
        private static final long serialVersionUID = 1;
        private final long bytes;
        private final long limitBytes;

        /** Says how large it is and what is allowed. */
        public TooLarge(String message, long bytes, long limitBytes) {
            super(message, null);
            this.bytes = bytes;
            this.limitBytes = limitBytes;
        }

        /** What the record or batch would take in the log, in bytes. */
        public long bytes() {
            return bytes;
        }

        /** The most that fits. */
        public long limitBytes() {
            return limitBytes;
        }
    }

    /** The log was closed; the call did nothing. */
    public static final class Closed extends WalException {
        private static final long serialVersionUID = 1;

        /** A sentence. */
        public Closed(String message) {
            super(message, null);
        }
    }
}
