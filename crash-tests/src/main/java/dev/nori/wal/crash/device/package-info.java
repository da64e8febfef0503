/**
 * Level L3: the power of a disk with a volatile write cache is cut. Proves that every flush that is needed reaches the
 * disk, {@code O_DIRECT} included, whatever the disk keeps, loses, reorders or tears.
 *
 * <p>This JVM serves the disks and therefore never opens a log on them: workers and verifiers are processes of their own.
 */
@NullMarked
package dev.nori.wal.crash.device;

import org.jspecify.annotations.NullMarked;
