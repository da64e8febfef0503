package dev.nori.wal.crash.device;

import dev.nori.wal.crash.AckLedger;
import dev.nori.wal.crash.Cut;
import dev.nori.wal.crash.Oracle;
import dev.nori.wal.crash.Session;
import dev.nori.wal.crash.Transcript;
import dev.nori.wal.crash.Verdict;
import dev.nori.wal.crash.Workload;
import dev.nori.wal.crash.disk.DiskLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a disk saw while one worker after the other had a log on it, and what these had said at each mark in the disk's
 * log.
 *
 * @param log the disk's; the label of a mark is an index into {@code sights}
 * @param lives the workers, in turn
 * @param sights what was known, taken before its mark was set
 */
record Recording(DiskLog log, List<Life> lives, List<Sight> sights) {
    /**
     * One worker.
     *
     * @param endNanos when it was killed, or its disk cut
     */
    record Life(Workload workload, Transcript transcript, long endNanos) {}

    /**
     * What was known at a moment.
     *
     * @param life which worker was at it
     * @param listed whether it had reported all it recovered
     * @param acks what it had acknowledged
     * @param nanos when this was looked up
     */
    record Sight(int life, boolean listed, AckLedger.Mark acks, long nanos) {}

    private static final Sight NOTHING = new Sight(0, false, new AckLedger.Mark(0, 0, 0), Long.MIN_VALUE / 2);

    /** An oracle that knows what is owed if the power goes at this point. */
    Oracle oracle(int cutPoint, Duration slack) {
        Sight sight = sightBefore(cutPoint);
        Oracle oracle = new Oracle();
        for (int i = 0; i <= sight.life; i++) {
            boolean settles = i < sight.life || sight.listed;
            if (settles) settle(oracle, lives.get(i).transcript);
            oracle.ended(session(i, sight, slack));
        }
        if (sight.life + 1 < lives.size()) oracle.ended(session(sight.life + 1, sight, slack));
        return oracle;
    }

    private Sight sightBefore(int cutPoint) {
        Optional<Long> label = log.markBefore(cutPoint).stream().boxed().findFirst();
        return label.map(index -> sights.get(index.intValue())).orElse(NOTHING);
    }

    private static void settle(Oracle oracle, Transcript transcript) {
        Verdict verdict = oracle.judge(transcript.opened().orElseThrow(), transcript.listing());
        if (!verdict.holds()) throw new AssertionError("was judged before: " + verdict.inWords());
    }

    private Session session(int index, Sight sight, Duration slack) {
        Life life = lives.get(index);
        return Session.of(life.workload, life.transcript, power(index, life, sight, slack));
    }

    private static Cut.Power power(int index, Life life, Sight sight, Duration slack) {
        if (index > sight.life) return new Cut.Power(NOTHING.acks, NOTHING.nanos, slack);
        if (index == sight.life) return new Cut.Power(sight.acks, Math.min(sight.nanos, life.endNanos), slack);
        return new Cut.Power(life.transcript.ledger().mark(), life.endNanos, slack);
    }
}
