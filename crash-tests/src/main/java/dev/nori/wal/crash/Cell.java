package dev.nori.wal.crash;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;

/**
 * A place in the matrix.
 *
 * @param level such as L1
 * @param fileSystem what the log is on
 * @param policy the log's
 * @param io the engine
 * @param mode the forms of append, or how the cut is made: whatever the level varies
 */
public record Cell(String level, String fileSystem, FsyncPolicy policy, IoMode io, String mode) {}
