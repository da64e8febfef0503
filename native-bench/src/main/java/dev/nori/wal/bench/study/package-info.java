/**
 * Fair comparison: contenders that do the same work take turns over several rounds in one process, so that what
 * disturbs the machine disturbs all of them, and a goal is judged by the median of the ratios within each round.
 */
@NullMarked
package dev.nori.wal.bench.study;

import org.jspecify.annotations.NullMarked;
