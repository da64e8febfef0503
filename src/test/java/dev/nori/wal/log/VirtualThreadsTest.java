package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VirtualThreadsTest extends EverySetting {
    private static final int THREADS = 1000;

    @Test
    void allFinishAndEachFindsItsRecord() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> appends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                appends.add(threads.submit(() -> {
                    var at = wal.append(Records.numbered(number));
                    try (var reader = wal.readFrom(at)) {
                        assertEquals(
                                Records.numbered(number),
                                reader.iterator().next().record());
                    }
                }));
            }
            for (Future<?> append : appends) append.get(30, TimeUnit.SECONDS);
            assertAllThere(wal);
        }
        try (Wal wal = open()) {
            assertAllThere(wal);
        }
    }

    private static void assertAllThere(Wal wal) {
        List<LogEntry> entries = Records.entries(wal);
        Records.assertConsistent(entries, 0);
        boolean[] seen = new boolean[THREADS];
        for (LogEntry entry : entries) {
            int number = Records.number(entry);
            assertEquals(Records.numbered(number), entry.record());
            assertTrue(!seen[number], () -> number + " is there twice");
            seen[number] = true;
        }
        assertEquals(THREADS, entries.size());
    }
}
