package dev.nori.wal.crash;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a level is told.
 *
 * @param seed of the run; a level derives one for each of its trials
 * @param directory the level's own place for files, there already; what stays in it after a finding is kept
 * @param budget how long it may go on; nothing for the fixed amount of a short run
 * @param trial the one trial to run, to replay it; nothing for all
 * @param repeat how often to run that trial
 * @param out for progress, a line now and then
 */
public record LevelContext(
        long seed, Path directory, Optional<Duration> budget, OptionalInt trial, int repeat, PrintStream out) {
    /** A short run. */
    public static LevelContext brief(long seed, Path directory, PrintStream out) {
        return new LevelContext(seed, directory, Optional.empty(), OptionalInt.empty(), 1, out);
    }
}
