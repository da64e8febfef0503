package dev.nori.wal.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.Compression;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compression is a wish of each record; what does not get smaller is stored as it is, and reading undoes it unasked. */
class CompressionExamplesTest {
    @TempDir
    Path directory;

    @Test
    void chosenByTheProgramOrByTheLog() {
        byte[] key = "page".getBytes(UTF_8);
        byte[] text = "<p>the quick brown fox jumps over the lazy dog</p>\n"
                .repeat(100)
                .getBytes(UTF_8);
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            wal.append(WalRecord.put(key, text).compressed(Compression.LZ4));
            wal.append(WalRecord.put(key, text).compressed(Compression.ZSTD, 19));
            wal.append(WalRecord.put(key, text).compressed(Compression.AUTO));
            wal.append(WalRecord.put(key, key).compressed(Compression.ZSTD));

            List<Compression> stored = new ArrayList<>();
            try (WalReader reader = wal.readFrom(Position.START)) {
                for (LogEntry entry : reader) stored.add(entry.record().compression());
            }
            assertEquals(List.of(Compression.LZ4, Compression.ZSTD, Compression.LZ4, Compression.NONE), stored);
        }
    }

    @Test
    void undoneByTheReader() {
        byte[] value = "abcabcabcabc".repeat(1000).getBytes(UTF_8);
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            Position at = wal.append(WalRecord.put(new byte[0], value).compressed(Compression.ZSTD));
            try (WalReader reader = wal.readFrom(at)) {
                assertArrayEquals(value, reader.iterator().next().record().valueBytes());
            }
        }
    }
}
