package dev.nori.wal.crash.kill;

import dev.nori.wal.crash.Tally;
import java.util.List;
import java.util.Optional;

/**
 * What came of a trial.
 *
 * @param kills for each moment of the plan that was carried out, how far the worker was when it was killed
 * @param tally what the oracle counted
 * @param wrong the first thing that was wrong; the trial ends there
 */
record KillOutcome(List<Hit> kills, Tally tally, Optional<String> wrong) {
    /** A kill that found the worker alive. */
    record Hit(Moment moment, dev.nori.wal.crash.Transcript.Stage stage) {}
}
