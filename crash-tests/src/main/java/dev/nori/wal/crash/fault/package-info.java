/**
 * Level L5, the part below the file system: writes and flushes of the device that fail, a device whose backing is full, a
 * file system that is full, files that may not grow. Proves that a failure is terminal and honest: nothing is acknowledged
 * on it, nothing acknowledged before is lost, and a reopened log trusts no page that the kernel only pretends to have
 * written.
 */
@NullMarked
package dev.nori.wal.crash.fault;

import org.jspecify.annotations.NullMarked;
