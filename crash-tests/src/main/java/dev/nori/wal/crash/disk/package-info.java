/**
 * A disk that can lose power: every legal image of it after a cut can be built, mounted and recovered on.
 *
 * <p>{@link dev.nori.wal.crash.disk.CrashDisk} is a block device with a volatile write cache, served by this JVM
 * through {@code /dev/fuse} under a loop device. It records each write and each flush in a
 * {@link dev.nori.wal.crash.disk.DiskLog}, from which {@link dev.nori.wal.crash.disk.ImageChooser} builds what a
 * power cut may leave behind. {@link dev.nori.wal.crash.disk.ShutdownDisk} is the quicker, weaker kit: a real file
 * system that drops its page cache. {@link dev.nori.wal.crash.disk.CrashDiskCommand} offers the disk to any program.
 *
 * <p><b>The rule callers must obey:</b> the JVM that serves a disk must never touch mapped memory of a file on that
 * disk, and never use critical native calls on it. A page fault there waits for the serving thread while the
 * JVM may wait for the faulting one: neither moves again. Plain reads and writes are fine. A program that maps
 * files, and the log is one, runs in a child process, its recovery included.
 *
 * <p>Threads: one serving thread per disk, inside {@code FuseServer} and {@code VolatileDevice} only; everything else
 * belongs to the caller. Imports {@code dev.nori.wal.crash.sys} and, in the command alone, picocli.
 */
@NullMarked
package dev.nori.wal.crash.disk;

import org.jspecify.annotations.NullMarked;
