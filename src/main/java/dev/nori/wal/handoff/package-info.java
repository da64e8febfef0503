/**
 * The only things the threads share: bytes one way, the durable position the other.
 *
 * <p>Callers copy frames into the {@link dev.nori.wal.handoff.Stage}, a ring that is a mapped file, so that what they
 * put there outlives the process; the one writer takes them out. Cursors only grow. Whoever is here may be any
 * thread; nothing here makes a system call except to park.
 */
@NullMarked
package dev.nori.wal.handoff;

import org.jspecify.annotations.NullMarked;
