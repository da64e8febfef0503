/**
 * The public face of the log and the only exported package: what a program can say to a log, and
 * what the log can answer.
 *
 * <p>Start at {@link dev.nori.wal.Wal}. Everything here is either an interface, an immutable value
 * or an exception; how the promises are kept is the business of the rooms below.
 */
@NullMarked
package dev.nori.wal;

import org.jspecify.annotations.NullMarked;
