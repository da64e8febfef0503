package dev.nori.wal.frame;

import dev.nori.wal.Compression;
import dev.nori.wal.Version;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was found: copied out of the log, its value still as stored. {@code codec} makes a
 * {@link dev.nori.wal.WalRecord} of it.
 *
 * @param key on the heap, its own
 * @param value as stored, on the heap, its own; empty for a tombstone
 * @param tombstone whether it removes its key
 * @param compression how {@code value} is stored
 * @param rawValueBytes length of the value once decompressed; what the record says, not yet believed. At most
 *     {@link FrameLayout#MAX_PAYLOAD_BYTES}
 * @param ttlMillis {@link #NO_TTL} or at least 0
 * @param version if it has one
 * @param offsetInFrame where it begins: 0, or in a batch the place of its inner header, from the frame's start
 * @param endInFrame where it ends, padding included, from the frame's start
 */
public record StoredRecord(
        MemorySegment key,
        MemorySegment value,
        boolean tombstone,
        Compression compression,
        long rawValueBytes,
        long ttlMillis,
        @Nullable Version version,
        long offsetInFrame,
        long endInFrame) {
    /** There is no time to live. */
    public static final long NO_TTL = -1;

    /** What it takes in its frame, headers and padding included, in bytes. */
    public long sizeInFrame() {
        return endInFrame - offsetInFrame;
    }
}
