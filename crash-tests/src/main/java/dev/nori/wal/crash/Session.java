package dev.nori.wal.crash;

import dev.nori.wal.FsyncPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One life of a process that had the log open, from its end looked back on.
 *
 * @param firstWriter the number of its first writer
 * @param writers how many it had
 * @param inFlight records that one writer may have appended beyond the last one it reported
 * @param acks everything it acknowledged
 * @param owed those of them that must be back
 * @param seen what it had reported of the log before it came to the end of it; empty if it came to the end
 * @param orderly whether it closed the log
 * @param cut how it ended
 * @param history what it did beside appending
 */
public record Session(
        int firstWriter,
        int writers,
        int inFlight,
        List<Ack> acks,
        List<Ack> owed,
        List<Entry> seen,
        boolean orderly,
        Cut cut,
        History history) {

    /** What a worker left behind: its own words, and how it ended. */
    public static Session of(Workload workload, Transcript transcript, Cut cut) {
        List<Ack> acks = transcript.ledger().acks();
        History history = History.of(transcript.ledger(), cut);
        boolean listed = transcript.stage().compareTo(Transcript.Stage.LISTED) >= 0;
        return new Session(
                workload.firstWriter(),
                workload.threads(),
                workload.inFlight(),
                acks,
                owed(acks, cut.owed(workload.log().policy()), history),
                listed ? List.of() : transcript.listing(),
                transcript.stage() == Transcript.Stage.CLOSED,
                cut,
                history);
    }

    /** What is left behind if that was acknowledged; for who has no transcript. */
    public static Session of(FsyncPolicy policy, int firstWriter, int writers, int inFlight, List<Ack> acks, Cut cut) {
        return of(policy, firstWriter, writers, inFlight, acks, cut, History.NONE);
    }

    /** The same if this was done besides. */
    static Session of(
            FsyncPolicy policy, int firstWriter, int writers, int inFlight, List<Ack> acks, Cut cut, History history) {
        List<Ack> owed = owed(acks, cut.owed(policy), history);
        return new Session(firstWriter, writers, inFlight, List.copyOf(acks), owed, List.of(), false, cut, history);
    }

    /** What was said of positions before the end was cut off says nothing of what has taken their place since. */
    private static List<Ack> owed(List<Ack> acks, Predicate<Ack> rule, History history) {
        int limit = history.acksBeforeEndGoes(history.done());
        return acks.stream().filter(ack -> ack.index() < limit).filter(rule).toList();
    }

    /** Whether nothing of what it did must be back. */
    boolean owesNothing() {
        return owed.isEmpty() && history.done() == 0;
    }

    boolean has(int writer) {
        return writer >= firstWriter && writer < firstWriter + writers;
    }

    /** For each writer, the first number that it cannot have come to. */
    Map<Integer, Long> limits() {
        Map<Integer, Long> limits = new HashMap<>();
        for (int i = 0; i < writers; i++) limits.put(firstWriter + i, (long) inFlight);
        for (Ack ack : acks) limits.merge(ack.writer(), ack.n() + 1 + inFlight, Math::max);
        return limits;
    }
}
