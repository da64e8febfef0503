/**
 * Explores what a crash can leave of a log: runs a script of operations on a simulated disk, without threads, then cuts the power
 * or kills the process at every moment, and recovers from every legal state.
 */
@NullMarked
package dev.nori.wal.explore;

import org.jspecify.annotations.NullMarked;
