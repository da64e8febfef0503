/** The headline: each row of what the design asks for, measured beside its limit, in one table. */
@NullMarked
package dev.nori.wal.bench.headline;

import org.jspecify.annotations.NullMarked;
