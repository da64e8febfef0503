/**
 * Damages small logs in every way there is, one at a time, and holds the log to what it may do then: give back true records only, or
 * refuse and say where. Everything happens in memory.
 */
@NullMarked
package dev.nori.wal.damage;

import org.jspecify.annotations.NullMarked;
