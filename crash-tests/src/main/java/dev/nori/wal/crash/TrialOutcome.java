package dev.nori.wal.crash;

import java.util.Optional;

/**
 * What came of a trial.
 *
 * @param plan what was done, in words
 * @param matrix what the oracle counted
 * @param wrong the first thing that was wrong; the trial ends there
 */
public record TrialOutcome(String plan, Matrix matrix, Optional<String> wrong) {}
