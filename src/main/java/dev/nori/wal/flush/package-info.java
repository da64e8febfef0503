/**
 * The one writer, and the housekeeper that clears its way.
 *
 * <p>The {@link dev.nori.wal.flush.Writer} drains the stage into segment files, rolls, syncs as the policy says, and moves the
 * durable position. It is a state machine: whoever holds its role steps it, be it the log's own thread, a caller that would
 * otherwise wait alone, or a test. The {@link dev.nori.wal.flush.Housekeeper} prepares and seals segments in the background.
 * The {@link dev.nori.wal.flush.Trimmer} takes the oldest ones away, for callers and, as retention says, for the housekeeper.
 */
@NullMarked
package dev.nori.wal.flush;

import org.jspecify.annotations.NullMarked;
