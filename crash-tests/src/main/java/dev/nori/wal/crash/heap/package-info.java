/**
 * A log far larger than the heap: appended, followed and replayed in a JVM with little memory ({@code make small-heap}).
 *
 * <p>Uses the public face alone.
 */
@NullMarked
package dev.nori.wal.crash.heap;

import org.jspecify.annotations.NullMarked;
