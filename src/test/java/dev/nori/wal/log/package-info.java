/**
 * How a whole log behaves: on every engine, under every policy, reopened, interrupted, full, read while it is written.
 *
 * <p>{@link dev.nori.wal.log.EveryEngine} and {@link dev.nori.wal.log.EverySetting} run the tests of a class on every
 * engine, or on every engine under every policy. {@link dev.nori.wal.log.StillWorld} runs a log without threads, so that
 * every byte of it is known.
 */
@NullMarked
package dev.nori.wal.log;

import org.jspecify.annotations.NullMarked;
