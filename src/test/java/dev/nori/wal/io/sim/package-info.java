/**
 * A disk that exists only in memory and can be cut off at any moment, and a storage that fails on order.
 *
 * <p>{@link dev.nori.wal.io.sim.SimDisk} plays what POSIX allows and no more: a crash explorer runs the log
 * on it, takes every {@link dev.nori.wal.io.sim.CrashPoint} of its {@link dev.nori.wal.io.sim.Journal} and
 * recovers every legal {@link dev.nori.wal.io.sim.CrashStates image}. {@link dev.nori.wal.io.sim.FaultyStorage}
 * wraps any storage and lets single calls fail, fall short or lie. Nothing here has a thread or a clock of its
 * own; randomness comes from a seed the caller gives.
 *
 * <p>Any thread may call; one lock per disk puts the calls in one order. Imports only the port.
 */
@NullMarked
package dev.nori.wal.io.sim;

import org.jspecify.annotations.NullMarked;
