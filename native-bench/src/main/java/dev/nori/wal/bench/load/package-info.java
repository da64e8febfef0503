/** What a benchmark does to a log: the records, the threads, the clock, and the place on disk. */
@NullMarked
package dev.nori.wal.bench.load;

import org.jspecify.annotations.NullMarked;
