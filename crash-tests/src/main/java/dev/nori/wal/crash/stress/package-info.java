/**
 * Everybody at once, for a while: many writers on platform and virtual threads, readers that follow them, a trimmer behind those, and every record compared,
 * while it is appended and once more after the log was opened again. {@code make stress} runs it.
 *
 * <p>{@link dev.nori.wal.crash.stress.StressRun} starts and judges, {@link dev.nori.wal.crash.stress.StressWriter} appends,
 * {@link dev.nori.wal.crash.stress.StressReader} compares, {@link dev.nori.wal.crash.stress.StressTrimmer} trims, {@link dev.nori.wal.crash.stress.Content} knows what must be there.
 */
@NullMarked
package dev.nori.wal.crash.stress;

import org.jspecify.annotations.NullMarked;
