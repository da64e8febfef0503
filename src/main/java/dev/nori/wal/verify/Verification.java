package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding;
import dev.nori.wal.VerifyFinding.MissingFile;
import dev.nori.wal.VerifyFinding.UnreadableFile;
import dev.nori.wal.VerifyOptions;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.VerifyReport.Ending;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Checks a whole log.
 *
 * <ol>
 *   <li>The stage, the control file and both ends of each segment are looked over ({@link Survey}).
 *   <li>Segments for which a footer speaks are checked side by side: frames, values, footer, neighbour ({@link SealedCheck}).
 *   <li>Those behind are followed to where the log ends ({@link EndCheck}), and from there the stage ({@link Staged}).
 *   <li>Was something found, and did the log change meanwhile? Then it is in use, and what was found is looked at again: a writer
 *       that trims or cuts is no damage.
 * </ol>
 */
public final class Verification {
    private static final int ROUNDS = 3;

    private final Storage storage;
    private final String stageName;
    private final VerifyOptions options;
    private final Pace pace;
    private final Map<Segment, Part> sound = new HashMap<>();

    private Verification(Storage storage, String stageName, VerifyOptions options) {
        this.storage = storage;
        this.stageName = stageName;
        this.options = options;
        this.pace = new Pace(options.progress());
    }

    /**
     * Checks the log of a storage; only reads.
     *
     * @param stageName the file of the stage
     * @throws IoFailure if the directory, its control file or its stage cannot be read; of kind {@code NOT_FOUND} if there is no log
     */
    public static VerifyReport run(Storage storage, String stageName, VerifyOptions options, LongSupplier nanoClock)
            throws IoFailure {
        long began = nanoClock.getAsLong();
        VerifyReport report = new Verification(storage, stageName, options).run();
        return withTime(report, Duration.ofNanos(nanoClock.getAsLong() - began));
    }

    private VerifyReport run() throws IoFailure {
        boolean moved = false;
        for (int round = 1; ; round++) {
            Round now = new Round(storage, stageName, options.parallelism(), pace, sound);
            VerifyReport report = now.run();
            boolean changed = !now.signs().equals(signs());
            moved |= changed;
            if (report.isSound() || round == ROUNDS || !changed)
                return moved ? withEnding(report, Ending.IN_USE) : report;
        }
    }

    private Survey.Signs signs() throws IoFailure {
        Findings unseen = new Findings(new AtomicInteger());
        return new Survey.Signs(
                StageCopy.read(storage, stageName, unseen).cursors(),
                Control.read(storage).counter());
    }

    /** A file that cannot be read is a finding, whatever it holds. */
    static VerifyFinding unreadable(long segmentId, IoFailure failure) {
        String why = "cannot be read: " + failure.getMessage();
        return failure.kind() == IoFailure.Kind.NOT_FOUND
                ? new MissingFile(Places.inSegment(segmentId, 0), why)
                : new UnreadableFile(Places.inSegment(segmentId, 0), why);
    }

    private static VerifyReport withTime(VerifyReport r, Duration took) {
        return copy(r, r.ending(), took);
    }

    private static VerifyReport withEnding(VerifyReport r, Ending ending) {
        return copy(r, ending, r.took());
    }

    private static VerifyReport copy(VerifyReport r, Ending ending, Duration took) {
        return new VerifyReport(
                r.findings(),
                r.findingsLeftOut(),
                ending,
                r.segments(),
                r.records(),
                r.recordsInStage(),
                r.valuesNotDecoded(),
                r.bytes(),
                r.first(),
                r.end(),
                r.firstSequence(),
                r.nextSequence(),
                took);
    }
}
