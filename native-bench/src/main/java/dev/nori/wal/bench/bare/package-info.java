/**
 * What the kernel and the device can do without a log: the limits that the log is held against, and plain NIO.
 *
 * <p>The library's own rooms for I/O are not exported, so this package has the few downcalls it needs, in {@code Libc}.
 */
@NullMarked
package dev.nori.wal.bench.bare;

import org.jspecify.annotations.NullMarked;
