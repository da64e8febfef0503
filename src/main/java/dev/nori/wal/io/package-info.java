/**
 * The port: everything the log asks of a file system, and nothing else.
 *
 * <p>Whatever touches a file goes through {@link dev.nori.wal.io.Storage} and
 * {@link dev.nori.wal.io.LogFile}, directories and their syncs included, so that a simulated disk can
 * stand in for the real one. Any room may call it, from any platform thread; calls may block in the
 * kernel, so virtual threads stay out of it on the append path. Imports nothing of ours but the
 * value types of the public face.
 */
@NullMarked
package dev.nori.wal.io;

import org.jspecify.annotations.NullMarked;
