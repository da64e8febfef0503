/**
 * Walks the log forward for those who use it. Trusts what recovery or this process proved, and says so when a checksum
 * disagrees; decides nothing about damage. Any number of readers, each for one thread at a time; {@link
 * dev.nori.wal.read.Readers} is the door.
 *
 * <p>Imports {@code codec}, {@code frame}, {@code handoff}, {@code segment} and the port. Nobody here writes, and who waits does so
 * among the {@link dev.nori.wal.handoff.Followers}, without a system call but to sleep.
 */
@NullMarked
package dev.nori.wal.read;

import org.jspecify.annotations.NullMarked;
