package dev.nori.wal.damage;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Opens one damaged log after the other, reads all it gives, and counts how they end. */
final class Examination {
    private static final int PADDING_BYTES = 7; // zeros at the end of a frame that may be cut off unseen

    /** How a damaged log ended. */
    enum End {
        /** All of it came back. */
        WHOLE,
        /** A prefix came back that holds all that was known to be durable. */
        CUT,
        /** It did not open, said where, and changed nothing. */
        REFUSED,
        /** It opened, and the reader was told where it met the damage. */
        TOLD
    }

    private final SmallLog log;
    private final Frames frames;
    private final Map<String, Integer> verdicts = new TreeMap<>();
    private final Map<End, Integer> counts = new EnumMap<>(End.class);
    private final List<String> findings = new ArrayList<>();

    Examination(SmallLog log) {
        this.log = log;
        this.frames = new Frames(log.image());
    }

    /** What broke a promise. */
    List<String> findings() {
        return findings;
    }

    /** How many ended how. */
    Map<End, Integer> counts() {
        return counts;
    }

    /** How many were judged how. */
    Map<String, Integer> verdicts() {
        return verdicts;
    }

    int count(End end) {
        return counts.getOrDefault(end, 0);
    }

    /** Looks at one damaged log; what is wrong becomes a finding that begins with {@code what}. */
    void examine(Image damaged, String what) {
        ImageStorage storage = new ImageStorage(damaged);
        Difference difference = new Difference(log.image(), damaged);
        try {
            counts.merge(end(storage, damaged, difference), 1, Integer::sum);
        } catch (WalException.Corrupt | WalException.Unsupported e) {
            counts.merge(End.REFUSED, 1, Integer::sum);
            check(storage.changes() == 0, what + ": refused, and changed something: " + e.getMessage());
            check(storage.openHandles() == 0, what + ": refused, and left something open");
            check(namesAPlace(e), what + ": refused without a place: " + e.getMessage());
            check(!isTorn(difference), what + ": a torn tail was refused: " + e.getMessage());
            checkVerdict(e, damaged, difference, what);
        } catch (RuntimeException | AssertionError | OutOfMemoryError | StackOverflowError e) {
            findings.add("%s: %s%n    at %s"
                    .formatted(
                            what, e, Arrays.stream(e.getStackTrace()).limit(6).toList()));
        }
    }

    private void checkVerdict(WalException refused, Image damaged, Difference difference, String what) {
        Verdict verdict = refused instanceof WalException.Corrupt corrupt
                ? corrupt.verdict()
                : new Verdict.Unsupported(String.valueOf(refused.getMessage()));
        verdicts.merge(verdict.getClass().getSimpleName(), 1, Integer::sum);
        try {
            new RightVerdict(log, frames, damaged, difference).checkRefused(verdict);
        } catch (AssertionError wrong) {
            findings.add(what + ": " + wrong.getMessage());
        }
    }

    private End end(ImageStorage storage, Image damaged, Difference difference) {
        Wal wal = SmallLog.open(storage); // not closed: it holds nothing but memory
        Verdict.Sound verdict = wal.recovery().verdict();
        verdicts.merge(verdict.getClass().getSimpleName(), 1, Integer::sum);
        int first = Math.toIntExact(wal.recovery().firstSequence());
        if (first > 0 && !difference.lacksTheFirstSegment()) throw new AssertionError("begins at record " + first);
        int next = first;
        try (WalReader reader = wal.readFrom(wal.recovery().first())) {
            for (LogEntry entry = reader.poll(); entry != null; entry = reader.poll()) checkTrue(next++, entry);
        } catch (WalException.Corrupt told) {
            checkTold(told, difference);
            return End.TOLD;
        }
        long reported = wal.recovery().nextSequence();
        if (reported != next) throw new AssertionError("%d records reported, %d read".formatted(reported, next));
        new RightVerdict(log, frames, damaged, difference).checkSound(verdict, next);
        if (next == log.entries().size()) return End.WHOLE;
        checkMayBeGone(log.entries().get(next), damaged, difference);
        return End.CUT;
    }

    private void checkTrue(int number, LogEntry entry) {
        if (number < log.entries().size() && entry.equals(log.entries().get(number))) return;
        throw new AssertionError("record %d came back as %s".formatted(number, entry));
    }

    private void checkMayBeGone(LogEntry lost, Image damaged, Difference difference) {
        long claimed = Claims.surviving(log.claims(), log.image(), damaged);
        if (lost.next().bytes() <= claimed) {
            throw new AssertionError("record %d at %s was cut in silence, and the log says it was durable up to %d"
                    .formatted(lost.sequence(), lost.position(), claimed));
        }
        if (isTorn(difference) && log.frameEnd(lost) <= difference.firstPosition()) {
            throw new AssertionError("record %d was cut, the damage is behind it".formatted(lost.sequence()));
        }
    }

    /** The segment it names must be a damaged one, and the place must not lie behind the damage. */
    private void checkTold(WalException.Corrupt told, Difference difference) {
        String name = SegmentName.of(told.segment());
        if (isTorn(difference)) throw new AssertionError("a torn tail was read as damage", told);
        if (!String.valueOf(told.getMessage()).contains(name)) throw new AssertionError("names no segment", told);
        int damage = difference.offsetIn(name);
        if (damage < 0) throw new AssertionError("nothing is damaged there", told);
        if (damage >= FrameLayout.BLOCK_BYTES && told.offsetBytes() > damage + PADDING_BYTES) {
            throw new AssertionError("the damage is at %d already".formatted(damage), told);
        }
    }

    /** Whether all that differs was never said to be durable. */
    private boolean isTorn(Difference difference) {
        return difference.firstPosition() >= log.durable();
    }

    private static boolean namesAPlace(WalException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains(".wal") || message.contains("STAGE") || message.contains("CONTROL");
    }

    private void check(boolean holds, String wrong) {
        if (!holds) findings.add(wrong);
    }
}
