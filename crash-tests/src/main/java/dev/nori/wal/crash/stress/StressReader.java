package dev.nori.wal.crash.stress;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalTail;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log from a position on and compares: each writer's records come in their order, without a hole, as they were appended. From
 * the log's start the first one of each is its number 0; behind a trimmed front it is whichever is left.
 */
final class StressReader implements Runnable {
    private static final Duration NAP = Duration.ofMillis(20);
    private static final long WHICHEVER = -1;

    private final Wal wal;
    private final Position from;
    private final BooleanSupplier writersAreDone;
    private final long[] next;
    private volatile Position place;
    private long sequence = -1;
    private long records;
    private @Nullable String finding;

    /** @param writersAreDone asked before the end of the log is looked for: true if nothing comes any more */
    StressReader(Wal wal, Position from, int writers, BooleanSupplier writersAreDone) {
        this.wal = wal;
        this.from = from;
        this.writersAreDone = writersAreDone;
        this.place = from;
        this.next = new long[writers];
        if (!from.equals(Position.START)) Arrays.fill(next, WHICHEVER);
    }

    /** How many it has read; once this has ended, as all that follows. */
    long records() {
        return records;
    }

    /** Where it reads next; the log before it may be trimmed. */
    Position place() {
        return place;
    }

    /** The first thing that was wrong, if anything was. */
    Optional<String> finding() {
        return Optional.ofNullable(finding);
    }

    /** What is missing at the end, if that many were appended. */
    Optional<String> missing(int writer, long appended) {
        long seen = next[writer];
        return seen == appended || seen == WHICHEVER
                ? Optional.empty()
                : Optional.of("writer %d appended %d records, %d were read".formatted(writer, appended, seen));
    }

    @Override
    public void run() {
        try (WalTail tail = wal.tail(from)) {
            while (finding == null) {
                boolean done = writersAreDone.getAsBoolean();
                LogEntry entry = tail.poll(NAP);
                if (entry != null) check(entry);
                else if (done) return;
            }
        } catch (RuntimeException | Error | InterruptedException e) {
            finding = "reading failed: " + e;
        }
    }

    private void check(LogEntry entry) {
        int writer = Content.writer(entry);
        if (writer < 0 || writer >= next.length) {
            report(
                    entry,
                    "nobody appended it: key " + Arrays.toString(entry.record().keyBytes()));
        } else if (next[writer] != WHICHEVER && Content.number(entry) != next[writer]) {
            report(
                    entry,
                    "it is number %d of writer %d, and number %d is due"
                            .formatted(Content.number(entry), writer, next[writer]));
        } else if (sequence >= 0 && entry.sequence() != sequence + 1) {
            report(entry, "it follows record " + sequence);
        } else if (!Content.isIntact(entry)) {
            report(entry, "its value is not what writer %d appended as number %d".formatted(writer, next[writer]));
        } else {
            next[writer] = Content.number(entry) + 1;
            sequence = entry.sequence();
            place = entry.next();
            records++;
        }
    }

    private void report(LogEntry entry, String what) {
        finding = "record %d at %d: %s"
                .formatted(entry.sequence(), entry.position().bytes(), what);
    }
}
