/**
 * Level L1: the process is killed, the kernel lives on. Proves that nothing acknowledged sits in the memory of the process, that
 * recovery drains the stage, and that the lock holds and falls with its owner. Blind to every missing sync.
 */
@NullMarked
package dev.nori.wal.crash.kill;

import org.jspecify.annotations.NullMarked;
