package dev.nori.wal.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records: one by one, durably, asynchronously, and as an atomic batch. */
class AppendingExamplesTest {
    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void oneRecordAfterAnother() {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            Position first = wal.append(WalRecord.put(bytes("user:1"), bytes("alice")));
            Position second = wal.append(WalRecord.delete(bytes("user:1")));

            assertTrue(first.compareTo(second) < 0);
        }
    }

    @Test
    void oneThatMustSurviveAPowerCutUnderAnyPolicy() {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            Position at = wal.append(WalRecord.put(bytes("payment:7"), bytes("1000 EUR")), Durability.DURABLE);

            assertTrue(wal.durablePosition().compareTo(at) > 0);
        }
    }

    @Test
    void manyThatAreAwaitedLater() {
        try (Wal wal = Wal.open(directory, WalConfig.durabilityCritical())) {
            CompletableFuture<Position> a = wal.appendAsync(WalRecord.put(bytes("a"), bytes("1")));
            CompletableFuture<Position> b = wal.appendAsync(WalRecord.put(bytes("b"), bytes("2")));

            Position last = b.exceptionally(e -> {
                        throw new CompletionException("the log failed; open it again", e);
                    })
                    .join();

            assertTrue(a.isDone(), "futures complete in order");
            assertTrue(wal.durablePosition().compareTo(last) > 0);
        }
    }

    @Test
    void severalThatStandOrFallTogether() {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            List<Position> positions = wal.appendBatch(List.of(
                    WalRecord.put(bytes("from"), bytes("90")),
                    WalRecord.put(bytes("to"), bytes("110")).withVersion(1, 42),
                    WalRecord.put(bytes("lock"), bytes("transfer")).withTtl(Duration.ofSeconds(30))));

            assertEquals(3, positions.size());
        }
    }
}
