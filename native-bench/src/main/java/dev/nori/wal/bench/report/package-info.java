/** Turns what was measured into tables and pictures for {@code docs/benchmarks}. */
@NullMarked
package dev.nori.wal.bench.report;

import org.jspecify.annotations.NullMarked;
