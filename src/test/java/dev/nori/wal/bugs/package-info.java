/**
 * The bugs of the log that ours is a sibling of, each with the tests here that would catch it.
 *
 * <ol>
 *   <li>Failed writes are acknowledged: {@link dev.nori.wal.bugs.FailedWriteTest}.
 *   <li>Records behind a half-written one: {@link dev.nori.wal.bugs.FailedWriteTest}; cancelled and interrupted appends:
 *       {@code AsynchronousAppendTest}, {@code InterruptedThreadTest}, {@link dev.nori.wal.bugs.RecordThatCannotBeReadTest}.
 *   <li>Rotation loses syncs and happens twice: {@link dev.nori.wal.bugs.RollUnderLoadTest}.
 *   <li>A sync covers the current segment only: {@link dev.nori.wal.bugs.RollUnderLoadTest}.
 *   <li>The directory is never synced: {@link dev.nori.wal.bugs.DirectoryTest}.
 *   <li>Sync errors are forgotten: {@link dev.nori.wal.bugs.FailedSyncTest}.
 *   <li>The batch window is never closed: {@link dev.nori.wal.bugs.BatchWindowTest}.
 *   <li>Acknowledged records die with the process: {@link dev.nori.wal.bugs.KilledProcessTest},
 *       {@link dev.nori.wal.bugs.KilledAtARollTest}.
 *   <li>A second opener: {@link dev.nori.wal.bugs.SecondOpenerTest}.
 *   <li>Damage in the middle deletes what follows: {@link dev.nori.wal.bugs.DamageInTheMiddleTest}.
 *   <li>A later version's log is destroyed: {@link dev.nori.wal.bugs.LaterVersionTest}; a failed compression poisons
 *       the log: {@link dev.nori.wal.bugs.RecordThatCannotBeReadTest}.
 *   <li>A full disk goes unnoticed: {@link dev.nori.wal.bugs.FullDiskTest}.
 *   <li>Large records, segment ends, reading right after appending, resuming: {@link dev.nori.wal.bugs.LargeRecordTest},
 *       {@code ReaderTest}, {@code ReadingWhileOthersAppendTest}.
 *   <li>Deletion leaves holes, or takes what is read: {@code TrimmingTest}, {@code EveryCrashOfASmallLogTest}.
 *   <li>Half a batch: {@link dev.nori.wal.bugs.BatchTest}.
 *   <li>Everything waits for everything, and memory grows with the log: {@link dev.nori.wal.bugs.WaitingTest}.
 *   <li>Every open scans everything: {@link dev.nori.wal.bugs.OpeningTest}.
 * </ol>
 */
@NullMarked
package dev.nori.wal.bugs;

import org.jspecify.annotations.NullMarked;
