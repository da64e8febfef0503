package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsAsJsonTest {
    private static final byte[] KEY = Cli.bytes("ключ");
    private static final byte[] NOT_TEXT = {(byte) 0xff, 0, (byte) 0xfe};

    @TempDir
    private Path directory;

    @BeforeEach
    void appendOneOfEachKind() {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            wal.append(WalRecord.put(KEY, Cli.bytes("say \"hi\"")));
            wal.append(WalRecord.delete(KEY));
            wal.append(WalRecord.put(NOT_TEXT, NOT_TEXT));
            wal.append(WalRecord.putWithTtl(KEY, new byte[0], Duration.ofSeconds(2)));
            wal.append(WalRecord.put(KEY, new byte[3]).withVersion(7, -1));
            wal.append(WalRecord.put(KEY, new byte[100]).compressed(Compression.ZSTD));
        }
    }

    @Test
    void areOneObjectOnALine() {
        List<String> lines = cat("--json").outText().lines().toList();
        assertEquals(6, lines.size());
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            String start = "\\{\"sequence\":" + n + ",\"position\":\\d+,\"time\":\"20\\d\\d-[0-9T:.-]+Z\",\"key.*}";
            assertTrue(line.matches(start), line);
        }
    }

    @Test
    void showTextAsText() {
        assertEnds(0, "\"key\":\"ключ\",\"value\":\"say \\\"hi\\\"\"}");
    }

    @Test
    void sayWhenTheyAreRemovals() {
        assertEnds(1, "\"key\":\"ключ\",\"tombstone\":true}");
    }

    @Test
    void showOtherBytesInBase64() {
        assertEnds(2, "\"keyBase64\":\"/wD+\",\"valueBase64\":\"/wD+\"}");
    }

    @Test
    void haveTheirTimeToLive() {
        assertEnds(3, "\"value\":\"\",\"ttlMillis\":2000}");
    }

    @Test
    void haveTheirVersionWithoutASign() {
        assertEnds(4, "\"value\":\"\\u0000\\u0000\\u0000\",\"version\":{\"term\":7,\"index\":18446744073709551615}}");
    }

    @Test
    void areNotCompressed() {
        assertEnds(5, "\"value\":\"" + "\\u0000".repeat(100) + "\"}");
    }

    @Test
    void mayBeginLater() {
        assertTrue(cat("--json", "--from", "5").out().startsWith("{\"sequence\":5,"));
    }

    @Test
    void areLeftOutWithoutJsonWhenTheyAreRemovals() {
        assertEquals(5, cat().out().chars().filter(c -> c == '\n').count());
    }

    private void assertEnds(int sequence, String end) {
        String line = cat("--json").outText().lines().toList().get(sequence);
        assertTrue(line.endsWith(end), line);
    }

    private Cli.Outcome cat(String... options) {
        String[] command = new String[options.length + 2];
        command[0] = "cat";
        command[1] = directory.toString();
        System.arraycopy(options, 0, command, 2, options.length);
        return Cli.run(command);
    }
}
