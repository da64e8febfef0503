package dev.nori.wal.crash.fault;

import dev.nori.wal.crash.TrialOutcome;

/**
 * What came of a trial.
 *
 * @param met whether anything went wrong beneath the log; if not, nothing was proved
 */
record FaultOutcome(TrialOutcome trial, boolean met) {}
