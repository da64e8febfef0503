package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordsLargerThanTheStageTest extends EveryEngine {
    private static final int LARGE = 60 << 20;
    private static final int MIDDLE = 5 << 20;

    private WalConfig roomy() {
        return config().withMaxSegmentBytes(64 << 20).withoutPreallocation();
    }

    @Test
    void passThroughItWhileSmallOnesAreAppendedByOthers() throws Exception {
        byte[] large = new byte[LARGE];
        Arrays.fill(large, (byte) 7);
        large[LARGE - 1] = 9;
        WalRecord middle = Records.sized(-2, MIDDLE);
        try (Wal wal = open(roomy())) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                int first = t * 1000;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 1000; i++) wal.append(Records.numbered(first + i));
                }));
            }
            wal.append(middle);
            wal.append(WalRecord.put(Records.key(-1), large));
            wal.append(middle);
            for (Thread thread : threads) thread.join();
            assertWhole(wal, large, middle);
        }
        try (Wal wal = open(roomy())) {
            assertWhole(wal, large, middle);
            wal.append(middle);
        }
    }

    private static void assertWhole(Wal wal, byte[] large, WalRecord middle) {
        int[] next = {0, 1000};
        int largeOnes = 0;
        int middleOnes = 0;
        try (WalReader reader = wal.readFrom(dev.nori.wal.Position.START)) {
            for (LogEntry entry : reader) {
                int number = Records.number(entry);
                switch (number) {
                    case -1 -> {
                        assertTrue(Arrays.equals(large, entry.record().valueBytes()), "60 MiB");
                        largeOnes++;
                    }
                    case -2 -> {
                        assertEquals(middle, entry.record());
                        middleOnes++;
                    }
                    default -> {
                        assertEquals(next[number / 1000]++, number);
                        assertEquals(Records.numbered(number), entry.record());
                    }
                }
            }
        }
        assertEquals(List.of(1000, 2000), List.of(next[0], next[1]));
        assertEquals(List.of(1, 2), List.of(largeOnes, middleOnes));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void mayBeABatchOfSmallOnes() {
        List<WalRecord> batch = new ArrayList<>();
        for (int i = 0; i < 1000; i++) batch.add(Records.sized(i, 16 << 10));
        try (Wal wal = open(roomy())) {
            wal.appendBatch(batch);
            Records.assertHolds(wal, batch);
        }
    }

    @Test
    void comeBackCompressedAndInBatches() {
        List<WalRecord> records = List.of(
                WalRecord.put(Records.key(1), new byte[LARGE]).compressed(Compression.ZSTD),
                Records.sized(2, MIDDLE).compressed(Compression.LZ4),
                WalRecord.put(new byte[MIDDLE], new byte[3]));
        List<WalRecord> batch = List.of(Records.numbered(0), Records.sized(3, MIDDLE), Records.sized(4, MIDDLE));
        try (Wal wal = open(roomy())) {
            records.forEach(wal::append);
            wal.appendBatch(batch);
        }
        try (Wal wal = open(roomy())) {
            List<WalRecord> all = new ArrayList<>(records);
            all.addAll(batch);
            Records.assertHolds(wal, all);
        }
    }
}
