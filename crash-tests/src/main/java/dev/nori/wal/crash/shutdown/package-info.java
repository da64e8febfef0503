/**
 * Level L2: the file system goes down and takes the page cache with it. Proves {@code Always}, {@code Batch} and its age
 * bound, {@code sync}, and that recovery makes durable what it reports. Blind to the cache of the disk: what had been
 * handed to the device stays.
 */
@NullMarked
package dev.nori.wal.crash.shutdown;

import org.jspecify.annotations.NullMarked;
