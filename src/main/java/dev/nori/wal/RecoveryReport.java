package dev.nori.wal;

import java.time.Duration;
import java.util.Optional;

/**
 * What opening a log found, and what it did about it. Damage to durable data is not among it: it refuses to open.
 *
 * @param verdict the state the log was in
 * @param segments segment files that hold records
 * @param records records in the log
 * @param recordsFromStage records that a killed process had accepted and not yet written to a segment
 * @param first where the log begins; 0 unless its front was trimmed away or all of it was discarded
 * @param end position after the last record
 * @param firstSequence number of the first record that is left
 * @param nextSequence number the next record will get
 * @param generation this open's number; every open gets a higher one
 * @param lastCheckpoint the last {@link Wal#checkpoint}; empty if there was none, or if what it spoke of was cut away
 * @param bytesScanned bytes read to find the end
 * @param took time from the lock to being ready
 */
public record RecoveryReport(
        Verdict.Sound verdict,
        int segments,
        long records,
        long recordsFromStage,
        Position first,
        Position end,
        long firstSequence,
        long nextSequence,
        int generation,
        Optional<Checkpoint> lastCheckpoint,
        long bytesScanned,
        Duration took) {}
