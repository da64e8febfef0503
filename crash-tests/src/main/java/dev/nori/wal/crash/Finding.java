package dev.nori.wal.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A broken promise.
 *
 * @param trial what was tried, in words
 * @param what is wrong
 * @param replay options for {@code CrashRun} that try it again, without the seed
 * @param kept the directory that was kept
 */
public record Finding(String trial, String what, List<String> replay, Optional<Path> kept) {}
