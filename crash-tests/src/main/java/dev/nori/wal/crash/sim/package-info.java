/**
 * L4: the log on a simulated disk, crashed at every moment in every legal way. One thread, no file, no clock: a seed says it all.
 */
@NullMarked
package dev.nori.wal.crash.sim;

import org.jspecify.annotations.NullMarked;
