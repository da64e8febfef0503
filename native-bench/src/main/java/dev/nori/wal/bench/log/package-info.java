/** The log as a contender: appends, replays and opens through its public face. */
@NullMarked
package dev.nori.wal.bench.log;

import org.jspecify.annotations.NullMarked;
