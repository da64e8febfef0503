package dev.nori.wal;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A record where it stands, with its place in the log: a view that is used again for each record, so that reading costs no memory
 * for each. Whoever hands it out says how long it is good for. One thread.
 *
 * <p>Except for {@link #entry} nothing here copies: what must outlive the view is copied by the caller. {@link #key} and
 * {@link #value} make a small object each time, which compiled code often does without; {@link #keyBuffer} and
 * {@link #valueBuffer} never do.
 */
public interface EntryView {
    /** What {@link #ttlMillis} answers without a time to live. */
    long NO_TTL = -1;

    /** The key's bytes, read-only. */
    MemorySegment key();

    /**
     * The value's bytes, read-only and not compressed; of length zero for a tombstone. Those of a value that is stored compressed
     * stand in memory that the next such value gets, and are decompressed once, by the first call.
     *
     * @throws WalException.Corrupt if a compressed value is damaged
     * @throws IllegalArgumentException if its codec is not there; the message says what to add
     */
    MemorySegment value();

    /** The bytes of {@link #key} from position to limit, read-only and big-endian: the same buffer for every record. */
    ByteBuffer keyBuffer();

    /** The bytes of {@link #value} in the same way. Throws like it. */
    ByteBuffer valueBuffer();

    /** Whether the record removes its key. */
    boolean isTombstone();

    /** The record's number; see {@link LogEntry#sequence}. */
    long sequence();

    /** Where the record starts: {@link LogEntry#position} as a number. */
    long positionBytes();

    /** Where to resume after the record: {@link LogEntry#next} as a number. */
    long nextPositionBytes();

    /** When the record was appended, in milliseconds since 1970. */
    long appendedAtMillis();

    /** How long the value means something after its append, in milliseconds; {@link #NO_TTL} if not limited. */
    long ttlMillis();

    /** Whether the record has a version. */
    boolean hasVersion();

    /** The term of its version; 0 without one. */
    long term();

    /** The index of its version; 0 without one. */
    long index();

    /** A copy that owns its memory and stays. Throws like {@link #value}. */
    LogEntry entry();
}
