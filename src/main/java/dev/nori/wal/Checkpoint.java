package dev.nori.wal;

import java.lang.foreign.MemorySegment;

/**
 * What a user noted with {@link Wal#checkpoint}: everything below the position is applied.
 *
 * @param position where reading goes on; that of a record, or the end of one
 * @param data what was noted with it, up to {@link Wal#MAX_NOTE_BYTES} bytes; read-only, stays valid
 */
public record Checkpoint(Position position, MemorySegment data) {}
