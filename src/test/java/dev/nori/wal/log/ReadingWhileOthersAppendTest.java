package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.nori.wal.Durability;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadingWhileOthersAppendTest extends EverySetting {
    private static final int WRITERS = 3;
    private static final int EACH = 250;

    private static int sizeOf(int number) {
        return 100 + number * 37 % 9000;
    }

    @Test
    void seesEveryRecordOnceAndInOrderAcrossRolls() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int first = w * EACH;
                futures.add(threads.submit(() -> {
                    for (int i = first; i < first + EACH; i++) {
                        wal.append(Records.sized(i, sizeOf(i)), i % 50 == 0 ? Durability.DURABLE : Durability.POLICY);
                    }
                }));
            }
            Callable<List<LogEntry>> follow = () -> follow(wal);
            Future<List<LogEntry>> one = threads.submit(follow);
            Future<List<LogEntry>> two = threads.submit(follow);
            for (Future<?> future : futures) future.get(60, TimeUnit.SECONDS);
            List<LogEntry> seen = one.get(60, TimeUnit.SECONDS);
            assertEquals(seen, two.get(60, TimeUnit.SECONDS));
            assertEquals(seen, Records.entries(wal));
        }
    }

    private static List<LogEntry> follow(Wal wal) {
        List<LogEntry> seen = new ArrayList<>();
        int[] next = {0, EACH, 2 * EACH};
        try (WalReader reader = wal.readFrom(Position.START)) {
            while (seen.size() < WRITERS * EACH) {
                LogEntry entry = reader.poll();
                if (entry == null) {
                    Thread.onSpinWait();
                    continue;
                }
                int number = Records.number(entry);
                assertEquals(next[number / EACH]++, number, "the order of one writer");
                assertEquals(Records.sized(number, sizeOf(number)), entry.record());
                seen.add(entry);
            }
        }
        Records.assertConsistent(seen, 0);
        return seen;
    }

    @Test
    void findsEachRecordRightAfterItsAppend() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int w = 0; w < 2; w++) {
                int first = w * EACH;
                futures.add(threads.submit(() -> {
                    for (int i = first; i < first + EACH; i++) {
                        Position at = wal.append(Records.sized(i, sizeOf(i)));
                        try (WalReader reader = wal.readFrom(at)) {
                            LogEntry entry = reader.poll();
                            assertNotNull(entry);
                            assertEquals(i, Records.number(entry));
                        }
                    }
                }));
            }
            for (Future<?> future : futures) future.get(60, TimeUnit.SECONDS);
        }
    }
}
