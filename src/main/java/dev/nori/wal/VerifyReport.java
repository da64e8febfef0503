package dev.nori.wal;

import java.time.Duration;
import java.util.List;

/**
 * What {@link Wal#verify} found.
 *
 * @param findings what is wrong, from the beginning of the log to its end; empty for a log that is whole
 * @param findingsLeftOut how many more there are than are kept: 1000, and one for each segment
 * @param ending how the log ends
 * @param segments segments that hold records and were read from beginning to end
 * @param records records whose checksums are right, those in the stage included
 * @param recordsInStage of these, how many a process had accepted and not yet written to a segment
 * @param valuesNotDecoded compressed values that were not decompressed, because the library for it is not there
 * @param bytes of segments that were checked
 * @param first where the log begins
 * @param end behind the last record; in a log that is in use, the last that was known when it was looked at
 * @param firstSequence number of the first record
 * @param nextSequence number of the record after the last one
 * @param took the time it took
 */
public record VerifyReport(
        List<VerifyFinding> findings,
        long findingsLeftOut,
        Ending ending,
        int segments,
        long records,
        long recordsInStage,
        long valuesNotDecoded,
        long bytes,
        Position first,
        Position end,
        long firstSequence,
        long nextSequence,
        Duration took) {

    /** How the log ends. A log that is in use and one whose process was killed look alike as long as nothing moves. */
    public enum Ending {
        /** Closed in order. */
        CLOSED,
        /** Not closed: its process was killed, the power was cut, or it is in use and nothing was appended meanwhile. */
        NOT_CLOSED,
        /** It changed while it was read: it is in use. What came after the verification began may not have been checked. */
        IN_USE
    }

    /** Keeps a copy of the findings. */
    public VerifyReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean isSound() {
        return findings.isEmpty();
    }
}
