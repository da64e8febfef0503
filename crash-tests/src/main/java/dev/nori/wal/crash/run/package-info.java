/**
 * Runs the ladder: all levels, the mutants, the table, the last three lines.
 */
@NullMarked
package dev.nori.wal.crash.run;

import org.jspecify.annotations.NullMarked;
