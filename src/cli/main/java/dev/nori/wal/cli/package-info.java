/**
 * The command line over the log: what a person or a script can ask of it.
 *
 * <p>{@link dev.nori.wal.cli.Main} wires the commands; every command speaks to the log through the public
 * face only and to the outside through {@link dev.nori.wal.cli.Console} only, so that tests can stand in for a terminal.
 * Failures become one sentence and an {@link dev.nori.wal.cli.ExitCode}, never a stack trace.
 */
@NullMarked
package dev.nori.wal.cli;

import org.jspecify.annotations.NullMarked;
