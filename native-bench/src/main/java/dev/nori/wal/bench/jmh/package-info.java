/**
 * JMH benchmarks: native calls against NIO, one by one, and the log in all its forms.
 *
 * <p>They work in {@code target/bench} and delete what they wrote. Each checks at the end that it did what it claims.
 */
@NullMarked
package dev.nori.wal.bench.jmh;

import org.jspecify.annotations.NullMarked;
