package dev.nori.wal.bench.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Contenders side by side, and what is asked of them.
 *
 * @param id short, for file names and the command line
 * @param title what is done, for people
 * @param preparation makes in the study's directory what all rounds use
 * @param time how long a contender works in each round
 * @param rounds that count; one more comes first, to warm up
 */
public record Study(
        String id,
        String title,
        Preparation preparation,
        List<Contender> contenders,
        Duration time,
        int rounds,
        List<Goal> goals) {
    /** What comes before the first round. */
    @FunctionalInterface
    public interface Preparation {
        /** Nothing to prepare. */
        Preparation NOTHING = home -> {};

        /** Fills the study's directory. */
        void in(Path home) throws Exception;
    }

    /** A study that prepares nothing. */
    public static Study of(
            String id, String title, List<Contender> contenders, Duration time, int rounds, List<Goal> goals) {
        return new Study(id, title, Preparation.NOTHING, contenders, time, rounds, goals);
    }
}
