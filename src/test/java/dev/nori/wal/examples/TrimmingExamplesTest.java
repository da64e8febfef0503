package dev.nori.wal.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Retention;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking away: the front, the end, or all of it. */
class TrimmingExamplesTest {
    private static final int RECORDS = 30;

    @TempDir
    Path directory;

    /** Three segments of the smallest size. */
    private static Wal filled(Wal wal) {
        byte[] value = new byte[100_000];
        for (int i = 0; i < RECORDS; i++) wal.append(WalRecord.put(new byte[] {(byte) i}, value));
        wal.sync();
        return wal;
    }

    private static WalConfig smallSegments() {
        return WalConfig.defaults().withMaxSegmentBytes(WalConfig.MIN_SEGMENT_BYTES);
    }

    @Test
    void takesTheFrontAway() {
        try (Wal wal = filled(Wal.open(directory, smallSegments()))) {
            Position appliedUpTo = wal.positionOf(25);

            Position first = wal.truncateBefore(appliedUpTo);

            assertTrue(first.compareTo(appliedUpTo) <= 0);
            assertEquals(first, wal.firstPosition());
            assertTrue(wal.firstSequence() > 0 && wal.firstSequence() <= 25);
        }
    }

    @Test
    void tellsAReaderThatComesTooLateWhereTheLogBegins() {
        List<LogEntry> entries = new ArrayList<>();
        Position resumeHere = Position.START;
        try (Wal wal = filled(Wal.open(directory, smallSegments()))) {
            wal.truncateBefore(wal.endPosition());

            try (WalReader reader = wal.readFrom(resumeHere)) {
                reader.forEach(entries::add);
            } catch (WalException.Truncated e) {
                resumeHere = e.first(); // what lay before is gone: take it from a snapshot
            }

            assertEquals(wal.firstPosition(), resumeHere);
        }
        assertEquals(List.of(), entries);
    }

    @Test
    void cutsTheEndOff() {
        try (Wal wal = filled(Wal.open(directory, WalConfig.defaults()))) {
            long conflict = 20; // the leader has another record with this number

            wal.truncateAfter(wal.positionOf(conflict));
            wal.append(WalRecord.put("from".getBytes(UTF_8), "the leader".getBytes(UTF_8)));

            assertArrayEquals(
                    "the leader".getBytes(UTF_8), wal.read(conflict).record().valueBytes());
            assertEquals(conflict, wal.lastSequence());
        }
    }

    @Test
    void beginsAnewBehindASnapshot() {
        try (Wal wal = filled(Wal.open(directory, WalConfig.defaults()))) {
            wal.reset(1_000_000);

            assertThrows(WalException.Truncated.class, () -> wal.read(5));
            wal.append(WalRecord.put("first".getBytes(UTF_8), "behind the snapshot".getBytes(UTF_8)));
            assertEquals(1_000_000, wal.firstSequence());
        }
    }

    @Test
    void trimsByItself() {
        WalConfig config = WalConfig.defaults()
                .withRetention(Retention.keepAll().withBytes(10L << 30).withAge(Duration.ofDays(7)));
        try (Wal wal = Wal.open(directory, config)) {
            assertEquals(Position.START, wal.firstPosition());
        }
        assertEquals(7, config.retention().age().toDays());
    }
}
