package dev.nori.wal.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends without garbage: an appender for each thread, kept as long as the thread appends. */
class AppenderExamplesTest {
    @TempDir
    Path directory;

    @Test
    void fromMemoryThatIsUsedAgain() {
        try (Wal wal = Wal.open(directory, WalConfig.highThroughput())) {
            WalAppender appender = wal.appender();
            byte[] key = "price".getBytes(US_ASCII);
            byte[] value = new byte[Long.BYTES];
            for (long price = 100; price < 110; price++) {
                ByteBuffer.wrap(value).putLong(price);
                appender.put(key, value);
            }

            assertEquals(10, wal.stats().records());
        }
    }

    @Test
    void writtenStraightIntoTheLog() {
        try (Wal wal = Wal.open(directory, WalConfig.highThroughput())) {
            long at = wal.appender().version(3, 17).put(Integer.BYTES, 2 * Long.BYTES, (key, value) -> {
                key.set(ValueLayout.JAVA_INT_UNALIGNED, 0, 4711);
                value.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, 52_520_000);
                value.set(ValueLayout.JAVA_LONG_UNALIGNED, Long.BYTES, 13_405_000);
            });

            try (WalReader reader = wal.readFrom(new Position(at))) {
                LogEntry entry = reader.iterator().next();
                assertEquals(17, entry.record().version().orElseThrow().index());
                assertEquals(52_520_000, entry.record().value().get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
            }
        }
    }
}
