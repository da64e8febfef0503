/**
 * Targets for Jazzer, which looks for bytes that reach new code: {@code make fuzz}. A target takes bytes and returns, or throws if
 * they break a promise. What was found once is kept in {@code src/test/resources/fuzz} and replayed by {@code make test}, without Jazzer.
 */
@NullMarked
package dev.nori.wal.fuzz;

import org.jspecify.annotations.NullMarked;
