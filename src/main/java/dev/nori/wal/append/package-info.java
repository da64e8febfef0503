/**
 * From a caller's bytes to a frame at the end of the log. Any number of callers, platform or virtual threads; one at a time has
 * its turn at the end of the log ({@link dev.nori.wal.append.LogEnd}), everything before and after is done side by side.
 *
 * <p>Imports {@code frame}, {@code codec}, {@code handoff} and {@code segment}; never touches a file.
 */
@NullMarked
package dev.nori.wal.append;

import org.jspecify.annotations.NullMarked;
