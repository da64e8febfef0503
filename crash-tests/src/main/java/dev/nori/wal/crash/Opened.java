package dev.nori.wal.crash;

import dev.nori.wal.IoMode;
import dev.nori.wal.RecoveryReport;
import dev.nori.wal.Wal;

/**
 * What a child's recovery reported, as it comes over the pipe.
 *
 * @param verdict {@code New}, {@code Clean} or {@code TornTail}
 * @param io the engine in use
 * @param firstPosition where the log begins
 * @param kept what it keeps beside the records
 */
public record Opened(
        String verdict,
        IoMode io,
        long records,
        long recordsFromStage,
        long endPosition,
        long firstSequence,
        long nextSequence,
        long generation,
        long tookNanos,
        long firstPosition,
        Kept kept) {
    /** After an orderly close. */
    public static final String CLEAN = "Clean";

    private static final int FIELDS = 13;

    /** What the log says. */
    static Opened of(Wal wal) {
        RecoveryReport report = wal.recovery();
        return new Opened(
                report.verdict().getClass().getSimpleName(),
                wal.ioMode(),
                report.records(),
                report.recordsFromStage(),
                report.end().bytes(),
                report.firstSequence(),
                report.nextSequence(),
                Integer.toUnsignedLong(report.generation()),
                report.took().toNanos(),
                report.first().bytes(),
                Kept.of(wal));
    }

    Front front() {
        return new Front(firstPosition, firstSequence);
    }

    String inWords() {
        return "%s %s %d %d %d %d %d %d %d %d %d %d %d"
                .formatted(
                        verdict,
                        io,
                        records,
                        recordsFromStage,
                        endPosition,
                        firstSequence,
                        nextSequence,
                        generation,
                        tookNanos,
                        firstPosition,
                        kept.metadata(),
                        kept.checkpoint(),
                        kept.checkpointPosition());
    }

    static Opened parse(String words) {
        String[] w = words.split(" ", -1);
        if (w.length != FIELDS) throw new IllegalArgumentException("not a recovery report: " + words);
        return new Opened(
                w[0],
                IoMode.valueOf(w[1]),
                Long.parseLong(w[2]),
                Long.parseLong(w[3]),
                Long.parseLong(w[4]),
                Long.parseLong(w[5]),
                Long.parseLong(w[6]),
                Long.parseLong(w[7]),
                Long.parseLong(w[8]),
                Long.parseLong(w[9]),
                new Kept(Long.parseLong(w[10]), Long.parseLong(w[11]), Long.parseLong(w[12])));
    }
}
