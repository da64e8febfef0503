/**
 * Kills processes that write a log, and worse, again and again, and proves what is left of the log.
 *
 * <p>The parts every crash level shares. In the child: {@link dev.nori.wal.crash.CrashWorker} does a
 * {@link dev.nori.wal.crash.Workload}, beside the appends some {@link dev.nori.wal.crash.Upkeep},
 * {@link dev.nori.wal.crash.CrashVerifier} judges a log by itself. In the harness, which never opens a log: {@link dev.nori.wal.crash.Child} is the process, {@link dev.nori.wal.crash.Transcript} what it said,
 * {@link dev.nori.wal.crash.AckLedger} what it acknowledged, {@link dev.nori.wal.crash.Cut} how it ended, and
 * {@link dev.nori.wal.crash.Oracle} judges what came back. A {@link dev.nori.wal.crash.Level} brings these together and answers
 * with a {@link dev.nori.wal.crash.Matrix}; {@link dev.nori.wal.crash.Mutant}s prove that it notices.
 *
 * <p>{@link dev.nori.wal.crash.MainJob} is what {@code make run} runs.
 */
@NullMarked
package dev.nori.wal.crash;

import org.jspecify.annotations.NullMarked;
