package dev.nori.wal.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import dev.nori.wal.WalTail;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of "Reading" to "Replay" in docs/api.md. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields in
class ReadingExamplesTest {
    @TempDir
    Path directory;

    private Wal wal;

    @BeforeEach
    void fill() {
        wal = Wal.open(directory, WalConfig.defaults());
        for (String word : List.of("one", "two", "three")) {
            wal.append(WalRecord.put(word.getBytes(UTF_8), word.getBytes(UTF_8)));
        }
    }

    @AfterEach
    void close() {
        wal.close();
    }

    @Test
    void readsFromAPosition() {
        Map<String, String> index = new HashMap<>();
        Position resumeHere = Position.START;
        try (WalReader reader = wal.readFrom(resumeHere)) {
            for (LogEntry entry : reader) {
                WalRecord record = entry.record();
                index.put(new String(record.keyBytes(), UTF_8), new String(record.valueBytes(), UTF_8));
                resumeHere = entry.next();
            }
        }
        assertEquals(Map.of("one", "one", "two", "two", "three", "three"), index);
        assertEquals(wal.endPosition(), resumeHere);
    }

    @Test
    void readsAsAStream() {
        long tombstones;
        try (Stream<LogEntry> entries = wal.readFrom(Position.START, ReadBound.DURABLE).stream()) {
            tombstones = entries.filter(entry -> entry.record().isTombstone()).count();
        }
        assertEquals(0, tombstones);
    }

    @Test
    void readsWithACursor() {
        long keyBytes = 0;
        long valueBytes = 0;
        try (WalCursor cursor = wal.cursor(Position.START)) {
            while (cursor.next()) {
                keyBytes += cursor.key().byteSize();
                if (!cursor.isTombstone()) valueBytes += cursor.valueBuffer().remaining();
            }
        }
        assertEquals(11, keyBytes);
        assertEquals(11, valueBytes);
    }

    @Test
    void tails() throws InterruptedException {
        List<String> replica = new CopyOnWriteArrayList<>();
        Thread follower = Thread.startVirtualThread(() -> {
            try (WalTail tail = wal.tail(Position.START)) {
                for (LogEntry entry : tail)
                    replica.add(new String(entry.record().valueBytes(), UTF_8));
            }
        });
        wal.append(WalRecord.put("four".getBytes(UTF_8), "four".getBytes(UTF_8)));
        while (replica.size() < 4) Thread.sleep(1); // or whatever tells that it may end
        follower.interrupt();
        follower.join();
        assertEquals(List.of("one", "two", "three", "four"), replica);
    }

    @Test
    void waitsWithADeadline() throws InterruptedException {
        boolean quiet = false;
        try (WalCursor cursor = wal.cursor(wal.endPosition(), ReadBound.DURABLE)) {
            wal.append(WalRecord.delete("one".getBytes(UTF_8)), Durability.DURABLE);
            while (!quiet) {
                while (cursor.next()) assertTrue(cursor.isTombstone());
                quiet = !cursor.await(Duration.ofMillis(20));
            }
        }
        assertTrue(quiet);
    }

    @Test
    void findsByNumberAndTime() {
        LogEntry second = wal.read(1);
        assertEquals("two", new String(second.record().valueBytes(), UTF_8));
        assertEquals(second.position(), wal.positionOf(1));
        assertEquals(3, wal.nextSequence() - wal.firstSequence());

        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        try (WalReader recent = wal.readFrom(wal.positionAt(anHourAgo))) {
            assertEquals(3, recent.stream().count());
        }
    }

    @Test
    void listsSegments() {
        for (SegmentInfo segment : wal.segments()) {
            if (!segment.sealed()) continue;
            try (WalReader reader = wal.readSegment(segment.id())) {
                for (LogEntry entry : reader) archive(segment.id(), entry);
            }
        }
        assertFalse(wal.segments().getLast().sealed());
    }

    private static void archive(long segment, LogEntry entry) {
        throw new AssertionError("nothing is sealed yet: " + segment + ", " + entry);
    }

    @Test
    void replays() {
        AtomicLong records = new AtomicLong();
        wal.replay(4, view -> records.incrementAndGet());
        assertEquals(3, records.get());

        List<Long> order = new ArrayList<>();
        wal.replayInOrder(2, entry -> order.add(entry.sequence()));
        assertEquals(List.of(0L, 1L, 2L), order);
    }
}
