/**
 * Finds the last byte that can be trusted, and makes the files agree with it. Distrusts everything: what counts is what a
 * checksum proves. Run by the thread that opens the log, before any other room works.
 *
 * <p>{@link dev.nori.wal.recover.Recovery} tells the whole story; {@code docs/recovery.md} says it in words.
 */
@NullMarked
package dev.nori.wal.recover;

import org.jspecify.annotations.NullMarked;
