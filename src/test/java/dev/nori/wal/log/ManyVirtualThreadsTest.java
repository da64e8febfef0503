package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyVirtualThreadsTest extends EveryEngine {
    private static final int THREADS = 10_000;
    private static final int APPENDS_EACH = 3;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger beats = new AtomicInteger();
    private final AtomicInteger appended = new AtomicInteger();
    private final AtomicLong longestGapNanos = new AtomicLong();

    /**
     * The measure is the run itself: a bystander gets its turn at least as often as each of the appending threads does, and
     * never waits for a turn for as long as half of the run.
     */
    @Test
    void finishWithoutStarvingABystander() throws Exception {
        try (Wal wal = open(config().withFsyncPolicy(FsyncPolicy.always()).withMaxSegmentBytes(16 << 20))) {
            Thread heart = Thread.ofVirtual().start(this::beat);
            while (beats.get() == 0) Thread.onSpinWait();
            int beatsBefore = beats.get();
            long began = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                threads.add(Thread.ofVirtual().start(() -> append(wal, number)));
            }
            for (Thread thread : threads) thread.join();
            long tookNanos = System.nanoTime() - began;
            int beatsDuring = beats.get() - beatsBefore;
            over.set(true);
            heart.join();
            assertTrue(beatsDuring >= APPENDS_EACH, () -> beatsDuring + " turns, the others had " + APPENDS_EACH);
            long gapNanos = longestGapNanos.get();
            assertTrue(gapNanos < tookNanos / 2, () -> "no turn for %d of %d ns".formatted(gapNanos, tookNanos));
            assertEquals(THREADS * APPENDS_EACH, appended.get());
            assertAllThere(wal);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // whether the scheduler is fair is the question
    private void beat() {
        long last = System.nanoTime();
        while (!over.get()) {
            beats.incrementAndGet();
            Thread.yield();
            long now = System.nanoTime();
            longestGapNanos.accumulateAndGet(now - last, Math::max);
            last = now;
        }
    }

    private void append(Wal wal, int number) {
        for (int i = 0; i < APPENDS_EACH; i++) {
            wal.append(Records.numbered(number * APPENDS_EACH + i));
            appended.incrementAndGet();
        }
    }

    private static void assertAllThere(Wal wal) {
        BitSet seen = new BitSet();
        int[] next = new int[THREADS];
        for (LogEntry entry : Records.entries(wal)) {
            int number = Records.number(entry);
            assertEquals(next[number / APPENDS_EACH]++, number % APPENDS_EACH, "the order of one thread");
            seen.set(number);
        }
        assertEquals(THREADS * APPENDS_EACH, seen.cardinality());
    }
}
