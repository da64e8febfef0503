package dev.nori.wal.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Judges what comes back after each crash of one log, against all that is known about it. The same for every level.
 *
 * <p>Knows what the last complete recovery brought back, which is settled from then on, and the {@link Session}s since.
 * What comes back next must be all that is settled, then all that the sessions owe, each record in the place it was
 * given and no hole between; beyond that only what a writer may have had in hand when it ended. What one recovery did
 * not bring back no later one may.
 *
 * <p>A {@link Deed} that returned has taken effect: the log begins where it was trimmed to, what was cut off is gone, what was kept is
 * there. One that was under way has taken effect as a whole or not at all; each of the {@link Course}s that are possible then would do.
 *
 * <p>For one thread.
 */
public final class Oracle {
    private Settled settled = Settled.NOTHING;
    private final List<Session> since = new ArrayList<>();

    /** A process that had the log open has ended. */
    public void ended(Session session) {
        since.add(session);
    }

    /** Judges a complete recovery. If it holds, it is settled. */
    public Verdict judge(Opened opened, List<Entry> back) {
        Verdict verdict = best(opened, back);
        if (verdict.holds()) {
            settled = Settled.of(opened, back);
            since.clear();
        }
        return verdict;
    }

    /** By the course that speaks best for it. */
    private Verdict best(Opened opened, List<Entry> back) {
        List<Course> courses = Course.possible(settled, since);
        List<Course> fitting =
                courses.stream().filter(course -> course.fits(opened)).toList();
        return (fitting.isEmpty() ? courses : fitting)
                .stream()
                        .map(course -> new Judgement(course, since, back).verdict(opened, settled.generation()))
                        .min(Comparator.comparingLong(Verdict::faults))
                        .orElseThrow();
    }

    /**
     * Judges a recovery by itself, with nothing known of what was done: every record intact and in its turn, none missing
     * between two of a writer, every batch whole, and the log not shorter than what is owed.
     *
     * @param owedEnd everything before this position must be there
     */
    public static Verdict judgeAlone(Opened opened, List<Entry> back, long owedEnd) {
        Course unknown = Course.possible(Settled.NOTHING, List.of()).getFirst();
        return new Judgement(unknown, List.of(), back).verdictAlone(opened, owedEnd);
    }

    /** Records that are settled. */
    public List<Entry> settled() {
        return settled.entries();
    }
}
