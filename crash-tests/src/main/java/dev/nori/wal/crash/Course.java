package dev.nori.wal.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One way in which things may have gone since the last recovery, as far as that is not known: how many of the {@link Deed}s took
 * effect. What the log must hold then, what it may hold, and what must not come back.
 *
 * <p>A deed is all or nothing. It begins when the one before has returned, and is durable then: those that took effect are the
 * first ones.
 */
final class Course {
    private static final int NEVER = -1;

    private final List<Claim> claims = new ArrayList<>();
    private final Set<RecordKey> gone = new HashSet<>();
    private final Map<Integer, Long> limits = new HashMap<>();
    private Beginning beginning;
    private List<Keeping> keepings;
    private long durableEnd; // of what stands in the log now
    private long readEnd;

    private Course(Settled before) {
        beginning = Beginning.at(before.front());
        keepings = List.of(Keeping.exactly(before.kept()));
        for (Entry entry : before.entries()) claims.add(Claim.of(entry, Claim.Standing.RECOVERED));
    }

    /** All ways in which it may have gone, the fewest deeds first. */
    static List<Course> possible(Settled before, List<Session> sessions) {
        List<Course> courses = new ArrayList<>();
        for (List<Integer> effects : effects(sessions)) {
            Course course = new Course(before);
            for (int i = 0; i < effects.size(); i++) {
                if (effects.get(i) == NEVER) course.neverCame(sessions.get(i));
                else course.live(sessions.get(i), effects.get(i));
            }
            course.claims.replaceAll(claim -> claim.owedBelow(course.durableEnd));
            courses.add(course);
        }
        return courses;
    }

    /**
     * For each session how many of its deeds took effect. Where one that had returned did not, the crash came before the next session began;
     * where one that was under way did not, it may have.
     */
    private static List<List<Integer>> effects(List<Session> sessions) {
        if (sessions.isEmpty()) return List.of(List.of());
        History first = sessions.getFirst().history();
        List<Session> next = sessions.subList(1, sessions.size());
        List<List<Integer>> lived = effects(next);
        List<List<Integer>> never = next.stream().allMatch(Session::owesNothing)
                ? List.of(Collections.nCopies(next.size(), NEVER))
                : List.of();
        List<List<Integer>> all = new ArrayList<>();
        for (int effect = first.done(); effect <= first.deeds().size(); effect++) {
            List<List<Integer>> following = new ArrayList<>();
            if (effect >= first.returned()) following.addAll(lived);
            if (effect < first.deeds().size()) following.addAll(never);
            if (following.isEmpty()) following.add(lived.getFirst());
            for (List<Integer> later : following) {
                List<Integer> one = new ArrayList<>(List.of(effect));
                one.addAll(later);
                all.add(one);
            }
        }
        return all;
    }

    private void live(Session session, int effect) {
        for (Entry seen : session.seen()) claims.add(Claim.of(seen, Claim.Standing.SEEN));
        limits.putAll(session.limits());
        readEnd = Math.max(readEnd, session.history().readEnd());
        Set<Ack> owed = new HashSet<>(session.owed());
        List<Undertaken> deeds = session.history().deeds();
        int from = 0;
        for (Undertaken undertaken : deeds.subList(0, effect)) {
            if (undertaken.deed().takesTheEnd()) {
                acknowledge(session, owed, from, undertaken.acksBefore());
                from = undertaken.acksBefore();
            }
            happens(undertaken);
        }
        int to = Math.min(
                session.history().acksBeforeEndGoes(effect), session.acks().size());
        acknowledge(session, owed, from, to);
        for (Ack ack : session.acks().subList(to, session.acks().size())) gone.add(RecordKey.of(ack));
    }

    /** The crash came before its log was opened: what it did was done to another log. */
    private void neverCame(Session session) {
        for (Ack ack : session.acks()) gone.add(RecordKey.of(ack));
    }

    private void acknowledge(Session session, Set<Ack> owed, int from, int to) {
        for (Ack ack : session.acks().subList(from, to)) {
            Claim.Standing standing = owed.contains(ack) ? Claim.Standing.OWED : Claim.Standing.ACKNOWLEDGED;
            claims.add(Claim.of(ack, standing, session.cut()));
        }
    }

    private void happens(Undertaken undertaken) {
        switch (undertaken.deed()) {
            case Deed.TruncateBefore(long position) -> trim(undertaken, position);
            case Deed.TruncateAfter(long position) -> cut(position);
            case Deed.Reset(long sequence) -> reset(undertaken, sequence);
            case Deed.Checkpoint(long position, long note) -> {
                Kept noted = keepings.getFirst().kept().withCheckpoint(note, position);
                keepings = List.of(Keeping.exactly(noted));
                durableEnd = Math.max(durableEnd, position);
            }
            case Deed.SetMetadata(long note) ->
                keepings = keepings.stream()
                        .map(keeping -> keeping.withMetadata(note))
                        .toList();
        }
    }

    private void trim(Undertaken undertaken, long position) {
        Beginning unknown = beginning instanceof Beginning.Between(Front from, long most)
                ? new Beginning.Between(from, Math.max(most, position))
                : beginning;
        beginning = undertaken.outcome().map(Beginning::at).orElse(unknown);
    }

    /** What is left is durable. */
    private void cut(long position) {
        removeFrom(position);
        keepings = keepings.stream()
                .flatMap(keeping -> keeping.cutAt(position, end()).stream())
                .toList();
        claims.replaceAll(claim -> claim.owedBelow(position));
        durableEnd = position;
        readEnd = Math.min(readEnd, position);
    }

    private void reset(Undertaken undertaken, long sequence) {
        Beginning unknown = new Beginning.Anew(end(), sequence);
        removeFrom(0);
        keepings = List.of(Keeping.exactly(keepings.getFirst().kept().withCheckpoint(NoteContent.NONE, 0)));
        beginning = undertaken.outcome().map(Beginning::at).orElse(unknown);
    }

    /** Behind where the last record starts. */
    private long end() {
        return claims.stream().mapToLong(claim -> claim.position() + 1).max().orElse(0);
    }

    private void removeFrom(long position) {
        for (Claim claim : claims) {
            if (claim.position() >= position) gone.add(claim.key());
        }
        claims.removeIf(claim -> claim.position() >= position);
    }

    // ---- what it comes to

    /** Whether that is how a log may begin, and what it may keep. */
    boolean fits(Opened opened) {
        return beginning.allows(opened.front()) && mayKeep(opened.kept());
    }

    /** Records that had a place in the log and were not cut off; those before its front may have been trimmed away. */
    List<Claim> claims() {
        return claims;
    }

    /** Records that were cut off, or that came after a cut which did not take place. */
    Set<RecordKey> gone() {
        return gone;
    }

    /** For each writer, the first number that it cannot have come to. */
    Map<Integer, Long> limits() {
        return limits;
    }

    Beginning beginning() {
        return beginning;
    }

    boolean mayKeep(Kept found) {
        return keepings.stream().anyMatch(keeping -> keeping.allows(found));
    }

    /** What it should keep, in words. */
    String keepings() {
        return keepings.stream().map(keeping -> keeping.kept().toString()).collect(Collectors.joining(", or "));
    }

    /** What starts before was read by a tail, and must be back. */
    long readEnd() {
        return readEnd;
    }
}
