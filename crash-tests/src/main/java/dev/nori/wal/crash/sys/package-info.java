/**
 * What the crash harness asks of Linux: files, loop devices, mounts.
 *
 * <p>{@link dev.nori.wal.crash.sys.Sys} holds every downcall and decides nothing; the classes around it
 * turn an errno into a sentence. Any thread may be inside, but a {@link dev.nori.wal.crash.sys.CallState}
 * stays with the thread that opened it. Imports nothing of the project.
 */
@NullMarked
package dev.nori.wal.crash.sys;

import org.jspecify.annotations.NullMarked;
