package dev.nori.wal.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Checkpoint;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept beside the records: how far the log is applied, and a few bytes of the program's own. */
class NotesExamplesTest {
    @TempDir
    Path directory;

    private static WalRecord record(String key, String value) {
        return WalRecord.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    @Test
    void replaysFromTheCheckpoint() {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            wal.append(record("a", "1"));
            wal.append(record("b", "2"));

            String snapshot = "snapshot-1"; // a file with all that is applied, and durable
            wal.checkpoint(wal.endPosition(), MemorySegment.ofArray(snapshot.getBytes(UTF_8)));
            wal.truncateBefore(wal.lastCheckpoint().orElseThrow().position());

            wal.append(record("a", "3"));
        }

        Map<String, String> state = new HashMap<>();
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            Position from = wal.firstPosition();
            if (wal.lastCheckpoint().isPresent()) {
                Checkpoint last = wal.lastCheckpoint().get();
                state.putAll(load(new String(last.data().toArray(ValueLayout.JAVA_BYTE), UTF_8)));
                from = last.position();
            }
            wal.replayInOrder(from, 2, entry -> apply(state, entry));
        }
        assertEquals(Map.of("a", "3", "b", "2"), state);
    }

    private static Map<String, String> load(String snapshot) {
        assertEquals("snapshot-1", snapshot);
        return Map.of("a", "1", "b", "2");
    }

    private static void apply(Map<String, String> state, LogEntry entry) {
        state.put(
                new String(entry.record().keyBytes(), UTF_8),
                new String(entry.record().valueBytes(), UTF_8));
    }

    @Test
    void keepsATermAndAVote() {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            ByteBuffer termAndVote = ByteBuffer.allocate(12).putLong(0, 17).putInt(8, 3);
            wal.setMetadata(MemorySegment.ofBuffer(termAndVote));
        }
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            ByteBuffer found = wal.metadata().asByteBuffer();
            assertEquals(17, found.getLong(0));
            assertEquals(3, found.getInt(8));
        }
    }

    @Test
    void findsNothingInANewLog() {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            assertTrue(wal.lastCheckpoint().isEmpty());
            assertEquals(0, wal.metadata().byteSize());
            try (WalReader reader = wal.readFrom(wal.firstPosition())) {
                assertEquals(0, reader.stream().count());
            }
        }
    }
}
