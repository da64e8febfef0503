/**
 * The port over system calls of Linux, direct ({@code O_DIRECT}) or through the page cache.
 *
 * <p>{@code Libc} mirrors the C functions and decides nothing, {@code LinuxFile} and
 * {@link dev.nori.wal.io.linux.LinuxStorage} hold the policy. No class of this package may be touched
 * before {@link java.lang.Module#isNativeAccessEnabled} was asked; {@code assembly.PortChoice} does.
 * Any platform thread may call in. A call blocks its carrier, so virtual threads should stay out.
 * Imports {@code io} and the value types of the public face. {@code docs/native-io.md} lists every call.
 */
@NullMarked
package dev.nori.wal.io.linux;

import org.jspecify.annotations.NullMarked;
