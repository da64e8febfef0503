package dev.nori.wal.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One verdict in the making: each rule walks over what is back and counts what breaks it. */
final class Judgement {
    private static final int MOST_FINDINGS = 8;

    private enum Fault {
        LOST,
        INVENTED,
        REORDERED,
        HOLE,
        HALF_BATCH,
        DAMAGED,
        MISREPORTED
    }

    private final Course course;
    private final List<Session> sessions;
    private final List<Entry> back;
    private final Map<RecordKey, Entry> byKey = new HashMap<>();
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final List<String> findings = new ArrayList<>();
    private long lossWindowNanos;

    /**
     * Of that course.
     *
     * @param sessions since the last recovery
     * @param back what is in the log
     */
    Judgement(Course course, List<Session> sessions, List<Entry> back) {
        this.course = course;
        this.sessions = sessions;
        this.back = back;
    }

    Verdict verdict(Opened opened, long lastGeneration) {
        isALog(opened);
        beginsWhereItShould(opened.front());
        keepsWhatItShould(opened.kept());
        hasEverythingOwed(opened.firstPosition());
        reachesAsFarAsWasRead(opened);
        hasNothingElse(opened.firstPosition());
        isANewGeneration(opened, lastGeneration);
        isCleanAfterClose(opened);
        return summary();
    }

    Verdict verdictAlone(Opened opened, long owedEnd) {
        isALog(opened);
        if (opened.endPosition() < owedEnd) {
            note(Fault.LOST, "the log ends at %d, owed up to %d".formatted(opened.endPosition(), owedEnd));
        }
        return summary();
    }

    private void isALog(Opened opened) {
        isIntactAndThereOnce();
        isInOrder(opened.front());
        keepsWritersInOrder(opened.front());
        keepsBatchesWhole();
        isReportedTruly(opened);
        checkpointsNoFurtherThanItReaches(opened);
    }

    private Verdict summary() {
        return new Verdict(
                sessions.stream().mapToLong(session -> session.acks().size()).sum(),
                back.size(),
                count(Fault.LOST),
                count(Fault.INVENTED),
                count(Fault.REORDERED),
                count(Fault.HOLE),
                count(Fault.HALF_BATCH),
                count(Fault.DAMAGED),
                count(Fault.MISREPORTED),
                Duration.ofNanos(lossWindowNanos),
                List.copyOf(findings));
    }

    private void isIntactAndThereOnce() {
        for (Entry entry : back) {
            if (!entry.intact()) note(Fault.DAMAGED, entry.toString());
            if (entry.id().writer() == Entry.NOBODY) continue;
            Entry twin = byKey.putIfAbsent(RecordKey.of(entry), entry);
            if (twin != null) note(Fault.INVENTED, entry + " is there before, at " + twin.position());
        }
    }

    private void isInOrder(Front front) {
        long sequence = front.sequence();
        long position = front.position() - 1;
        for (Entry entry : back) {
            if (entry.sequence() > sequence) note(Fault.HOLE, entry + ", expected sequence " + sequence);
            if (entry.sequence() < sequence) note(Fault.REORDERED, entry + ", expected sequence " + sequence);
            if (entry.position() <= position) note(Fault.REORDERED, entry + " follows one at " + position);
            sequence = entry.sequence() + 1;
            position = entry.position();
        }
    }

    /** A writer counts on where a cut has taken what it had appended; what it began with may be trimmed away. */
    private void keepsWritersInOrder(Front front) {
        Map<RecordKey, Claim> known = new HashMap<>();
        for (Claim claim : course.claims()) known.put(claim.key(), claim);
        Map<Integer, Long> next = new HashMap<>();
        for (Entry entry : back) {
            RecordId id = entry.id();
            boolean trimmed = front.position() > 0 && !next.containsKey(id.writer());
            long expected = trimmed ? id.n() : next.getOrDefault(id.writer(), 0L);
            if (id.n() < expected) note(Fault.REORDERED, entry + ", expected record " + expected);
            if (id.n() > expected
                    && !isSettled(known.get(RecordKey.of(entry)))
                    && !isGone(id.writer(), expected, id.n()))
                note(Fault.HOLE, entry + ", expected record " + expected);
            next.put(id.writer(), Math.max(expected, id.n() + 1));
        }
    }

    /** Its place was judged before, by who knew more of what came before it. */
    private static boolean isSettled(@Nullable Claim claim) {
        return claim != null && claim.standing() == Claim.Standing.RECOVERED;
    }

    private boolean isGone(int writer, long from, long to) {
        for (long n = from; n < to; n++) {
            if (!course.gone().contains(new RecordKey(writer, n))) return false;
        }
        return true;
    }

    private void keepsBatchesWhole() {
        @Nullable Entry before = null;
        for (Entry entry : back) {
            if (before != null && !isLast(before) && !follows(before, entry)) noteHalf(before);
            if (entry.id().batchIndex() > 0 && (before == null || !follows(before, entry))) noteHalf(entry);
            before = entry;
        }
        if (before != null && !isLast(before)) noteHalf(before);
    }

    private static boolean isLast(Entry entry) {
        return entry.id().batchIndex() >= entry.id().batchSize() - 1;
    }

    private static boolean follows(Entry before, Entry entry) {
        RecordId a = before.id();
        RecordId b = entry.id();
        return b.writer() == a.writer()
                && b.n() == a.n() + 1
                && b.batchSize() == a.batchSize()
                && b.batchIndex() == a.batchIndex() + 1;
    }

    private void noteHalf(Entry entry) {
        note(Fault.HALF_BATCH, entry + " is back without the rest of its batch");
    }

    private void beginsWhereItShould(Front found) {
        if (course.beginning().allows(found)) return;
        boolean tooEarly = course.beginning() instanceof Beginning.Between(Front from, long most)
                && found.position() < from.position();
        note(
                tooEarly ? Fault.INVENTED : Fault.LOST,
                "the log begins at %s, it should %s"
                        .formatted(found, course.beginning().inWords()));
    }

    private void keepsWhatItShould(Kept found) {
        if (found.metadata() == Kept.TORN) note(Fault.DAMAGED, "metadata that nobody set");
        if (found.checkpoint() == Kept.TORN) note(Fault.DAMAGED, "a checkpoint that nobody noted");
        if (!course.mayKeep(found))
            note(Fault.LOST, "the log keeps %s, it should %s".formatted(found, course.keepings()));
    }

    private void checkpointsNoFurtherThanItReaches(Opened opened) {
        long checkpoint = opened.kept().checkpointPosition();
        if (checkpoint <= opened.endPosition()) return;
        misreport("a checkpoint at %d in a log that ends at %d".formatted(checkpoint, opened.endPosition()));
    }

    private void hasEverythingOwed(long front) {
        for (Claim claim : course.claims()) {
            if (claim.position() < front) continue;
            Entry there = byKey.get(claim.key());
            if (there == null) isMissing(claim);
            else if (there.position() != claim.position()) {
                note(
                        Fault.REORDERED,
                        "%s was %s at %d".formatted(there, claim.standing().inWords(), claim.position()));
            }
        }
    }

    private void isMissing(Claim claim) {
        lossWindowNanos = Math.max(lossWindowNanos, claim.lossNanos());
        if (claim.mustBeBack())
            note(Fault.LOST, claim + " was " + claim.standing().inWords());
        else if (!back.isEmpty() && claim.position() < back.getLast().position())
            note(Fault.HOLE, claim + " is missing, later ones are back");
    }

    private void reachesAsFarAsWasRead(Opened opened) {
        if (opened.endPosition() >= course.readEnd()) return;
        note(
                Fault.LOST,
                "the log ends at %d, a tail had read up to %d".formatted(opened.endPosition(), course.readEnd()));
    }

    private void hasNothingElse(long front) {
        Set<RecordKey> known = new HashSet<>();
        for (Claim claim : course.claims()) {
            boolean isSettled = claim.standing() == Claim.Standing.RECOVERED || claim.standing() == Claim.Standing.SEEN;
            if (isSettled && claim.position() >= front) known.add(claim.key());
        }
        for (Entry entry : back) {
            if (known.contains(RecordKey.of(entry)) || !entry.intact()) continue;
            long limit = course.limits().getOrDefault(entry.id().writer(), 0L);
            if (course.gone().contains(RecordKey.of(entry))) note(Fault.INVENTED, entry + ": it was cut off");
            else if (entry.id().n() >= limit) note(Fault.INVENTED, entry + ": nobody had come so far");
        }
    }

    private void isReportedTruly(Opened opened) {
        if (opened.records() != back.size()) {
            misreport("%d records reported, %d read".formatted(opened.records(), back.size()));
        }
        if (opened.nextSequence() != opened.firstSequence() + back.size()) {
            misreport("next sequence %d after %d records".formatted(opened.nextSequence(), back.size()));
        }
    }

    private void isANewGeneration(Opened opened, long last) {
        if (opened.generation() <= last) misreport("generation %d after %d".formatted(opened.generation(), last));
    }

    private void isCleanAfterClose(Opened opened) {
        if (sessions.isEmpty() || opened.verdict().equals(Opened.CLEAN)) return;
        Session last = sessions.getLast();
        if (last.orderly() && last.cut() instanceof Cut.Kill) misreport(opened.verdict() + " after an orderly close");
    }

    private void misreport(String what) {
        note(Fault.MISREPORTED, what);
    }

    private void note(Fault fault, String what) {
        counts.merge(fault, 1L, Long::sum);
        if (findings.size() < MOST_FINDINGS) {
            findings.add(fault.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + what);
        }
    }

    private long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }
}
