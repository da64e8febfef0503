package dev.nori.wal.bench.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Something that does the work of a study and says how it went. */
public interface Contender {
    /** Unique within the study. */
    String name();

    /**
     * Does the work once, checks that it was done, and cleans up.
     *
     * @param home the study's directory; what the study prepared is in it
     * @param time how long to work, if the work has no length of its own
     * @throws UnsupportedOperationException if that cannot be measured on this machine; the message says why
     * @throws AssertionError if the work was not done as claimed
     */
    Map<Metric, Double> measure(Path home, Duration time) throws Exception;
}
