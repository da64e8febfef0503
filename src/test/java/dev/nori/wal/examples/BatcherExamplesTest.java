package dev.nori.wal.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.BatchLimits;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalBatcher;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many small records of many callers, appended together. */
class BatcherExamplesTest {
    @TempDir
    Path directory;

    @Test
    void oneSyncForAHundredRecords() {
        BatchLimits limits = BatchLimits.defaults().withRecords(100).withAge(Duration.ofMillis(5));
        List<CompletableFuture<Position>> positions = new ArrayList<>();
        try (Wal wal = Wal.open(directory, WalConfig.durabilityCritical())) {
            try (WalBatcher batcher = WalBatcher.of(wal, limits)) {
                for (int i = 0; i < 1000; i++) {
                    positions.add(batcher.append(WalRecord.put(("k" + i).getBytes(UTF_8), new byte[20])));
                }
            }
            assertEquals(1000, wal.stats().records());
        }
        for (CompletableFuture<Position> position : positions) assertTrue(position.isDone());
    }
}
