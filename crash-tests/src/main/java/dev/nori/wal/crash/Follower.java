package dev.nori.wal.crash;

import dev.nori.wal.LogEntry;
import dev.nori.wal.ReadBound;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalTail;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread of a {@link CrashWorker}: follows the writers through a tail, compares every record with what it says it is and with
 * the one before, and reports how far it has come. What a tail of acknowledged records has shown survives a kill, what one of durable
 * records has shown a power cut.
 */
final class Follower {
    private static final Duration PATIENCE = Duration.ofMillis(10);
    private static final int REPORT_EVERY = 64;

    private final Wal wal;
    private final Reporter reporter;
    private final Gate gate;
    private final long seed;
    private final ReadBound bound;
    private final Map<Integer, Sighting> last = new HashMap<>();
    private @Nullable LogEntry before;
    private int opened; // closings when the tail was opened

    /** The last record of a writer, and how often its count had jumped by then: where the end of the log had been taken, it goes on with a higher one. */
    private record Sighting(long n, int jumps) {}

    Follower(Wal wal, Reporter reporter, Gate gate, long seed, ReadBound bound) {
        this.wal = wal;
        this.reporter = reporter;
        this.gate = gate;
        this.seed = seed;
        this.bound = bound;
    }

    /** Until it is over. */
    void run(BooleanSupplier over) throws InterruptedException {
        while (!over.getAsBoolean()) {
            gate.enter();
            opened = gate.closings();
            WalTail tail = atTheEnd();
            gate.leave();
            try (tail) {
                follow(tail, over);
            } catch (WalException.Truncated e) {
                if (gate.closings() == opened) throw new AssertionError("trimmed away from under a tail", e);
            }
        }
    }

    private WalTail atTheEnd() {
        before = null;
        last.clear();
        return wal.tail(wal.endPosition(), bound);
    }

    private void follow(WalTail tail, BooleanSupplier over) throws InterruptedException {
        int unreported = 0;
        while (!over.getAsBoolean()) {
            int closings = gate.closings();
            LogEntry next = tail.poll(unreported == 0 ? PATIENCE : Duration.ZERO);
            if (next != null) {
                compare(next);
                unreported++;
            }
            if (unreported == REPORT_EVERY || (next == null && unreported > 0)) {
                report(closings);
                unreported = 0;
            }
        }
    }

    /** Unless what was read may have been cut off meanwhile. */
    private void report(int closings) throws InterruptedException {
        LogEntry read = before;
        gate.enter();
        try {
            if (read == null || gate.closings() != closings) return;
            long end = read.position().bytes() + 1;
            switch (bound) {
                case ACKNOWLEDGED -> reporter.readTo(end);
                case DURABLE -> reporter.durableTo(end);
            }
        } finally {
            gate.leave();
        }
    }

    private void compare(LogEntry entry) {
        RecordContent.Seen seen = RecordContent.look(seed, entry.record());
        RecordId id = seen.id();
        check(seen.intact(), entry, id, "which is not what was appended");
        LogEntry previous = before;
        if (previous != null) {
            check(entry.sequence() == previous.sequence() + 1, entry, id, "after sequence " + previous.sequence());
            check(
                    entry.position().compareTo(previous.next()) >= 0,
                    entry,
                    id,
                    "before the end of the last one, " + previous.next());
        }
        Sighting sighting = last.getOrDefault(id.writer(), new Sighting(id.n() - 1, 0));
        boolean jumps = id.n() != sighting.n + 1;
        int cuts = (gate.closings() - opened + 1) / 2; // counted when they begin and when they are over
        boolean explained = id.n() > sighting.n && sighting.jumps < cuts;
        check(!jumps || explained, entry, id, "after record " + sighting.n);
        last.put(id.writer(), new Sighting(id.n(), jumps ? sighting.jumps + 1 : sighting.jumps));
        before = entry;
    }

    private static void check(boolean right, LogEntry entry, RecordId id, String wrong) {
        if (right) return;
        throw new AssertionError("a tail read %s, sequence %d at %d, %s"
                .formatted(id, entry.sequence(), entry.position().bytes(), wrong));
    }
}
