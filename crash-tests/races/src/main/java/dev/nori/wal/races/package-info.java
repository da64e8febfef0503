/**
 * The promises that threads make each other in {@code dev.nori.wal.handoff}, raced by jcstress: each test is two threads and the outcomes
 * that may not be. {@link dev.nori.wal.races.RacesRun} runs them on the library as it is, and on mutants of it that they must notice.
 */
@NullMarked
package dev.nori.wal.races;

import org.jspecify.annotations.NullMarked;
