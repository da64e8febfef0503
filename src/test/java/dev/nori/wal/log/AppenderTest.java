package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.RecordWriter;
import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class AppenderTest extends EverySetting {
    private static final byte[] TEXT =
            "to be, or not to be ".repeat(50).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Writes the record's own bytes. */
    private static RecordWriter writerOf(WalRecord record) {
        return (key, value) -> {
            key.copyFrom(record.key());
            value.copyFrom(record.value());
        };
    }

    private static long putWritten(WalAppender appender, WalRecord record) {
        return appender.put(record.key().byteSize(), record.value().byteSize(), writerOf(record));
    }

    private static ByteBuffer inTheMiddle(byte[] bytes) {
        return ByteBuffer.allocate(bytes.length + 7)
                .position(3)
                .put(bytes)
                .limit(3 + bytes.length)
                .position(3);
    }

    @Test
    void takesEveryFormOfBytes() {
        byte[] key = Records.key(7);
        WalRecord expected = WalRecord.put(key, TEXT);
        List<Position> positions = new ArrayList<>();
        try (Wal wal = open();
                Arena arena = Arena.ofConfined()) {
            WalAppender appender = wal.appender();
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, TEXT);
            ByteBuffer buffer = inTheMiddle(TEXT);
            positions.add(new Position(appender.put(key, TEXT)));
            positions.add(new Position(appender.put(inTheMiddle(key), buffer)));
            positions.add(new Position(appender.put(ByteBuffer.wrap(key), value.asByteBuffer())));
            positions.add(new Position(appender.put(inTheMiddle(key).asReadOnlyBuffer(), buffer.asReadOnlyBuffer())));
            positions.add(new Position(appender.put(MemorySegment.ofArray(key), value)));
            positions.add(new Position(putWritten(appender, expected)));
            assertEquals(3, buffer.position(), "not moved");
            Records.assertHolds(wal, List.of(expected, expected, expected, expected, expected, expected));
            assertEquals(
                    positions,
                    Records.entries(wal).stream().map(entry -> entry.position()).toList());
        }
    }

    @Test
    void keepsItsSettingsUntilTheyAreChanged() {
        WalRecord plain = WalRecord.put(Records.key(1), TEXT);
        List<WalRecord> expected = List.of(
                plain.withTtl(Duration.ofMillis(5)).withVersion(1, 2),
                plain.withTtl(Duration.ofMillis(5)).withVersion(1, 3),
                WalRecord.delete(Records.key(1)).withTtl(Duration.ofMillis(5)).withVersion(1, 3),
                plain.withVersion(1, 3),
                plain);
        try (Wal wal = open()) {
            WalAppender appender = wal.appender().ttl(5).version(1, 2).compression(Compression.ZSTD, 19);
            appender.put(Records.key(1), TEXT);
            appender.version(1, 3).compression(Compression.LZ4).put(Records.key(1), TEXT);
            appender.delete(Records.key(1));
            putWritten(appender.withoutTtl().compression(Compression.AUTO), plain);
            appender.withoutVersion().compression(Compression.NONE).put(Records.key(1), TEXT);
            Records.assertHolds(wal, expected);
            List<Compression> stored =
                    Records.records(wal).stream().map(WalRecord::compression).toList();
            assertEquals(
                    List.of(Compression.ZSTD, Compression.LZ4, Compression.NONE, Compression.LZ4, Compression.NONE),
                    stored);
        }
    }

    @Test
    void waitsForTheDiskIfThatWasAskedFor() {
        try (Wal wal = open()) {
            WalAppender appender = wal.appender().durability(Durability.DURABLE);
            for (int i = 0; i < 10; i++) {
                long at = appender.put(Records.key(i), TEXT);
                assertTrue(wal.durablePosition().bytes() > at);
            }
        }
    }

    @Test
    void writesWhatWrapsAroundTheStagesEnd() {
        List<WalRecord> expected = new ArrayList<>();
        try (Wal wal = open()) {
            WalAppender appender = wal.appender();
            for (int i = 0; i < 60; i++) expected.add(Records.sized(i, 250_000 + 13 * i));
            for (WalRecord record : expected) putWritten(appender, record);
            Records.assertHolds(wal, expected);
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, expected);
        }
    }

    @Test
    void writesWhatIsLargerThanAQuarterOfTheStage() {
        List<WalRecord> expected = List.of(Records.sized(1, 1 << 20), Records.sized(2, 5 << 20), Records.numbered(3));
        try (Wal wal = open(config().withMaxSegmentBytes(16 << 20))) {
            for (WalRecord record : expected) putWritten(wal.appender(), record);
            for (WalRecord record : expected) wal.appender().put(record.keyBytes(), record.valueBytes());
            List<WalRecord> twice = new ArrayList<>(expected);
            twice.addAll(expected);
            Records.assertHolds(wal, twice);
        }
    }

    @Test
    void handsOutMemoryThatIsZero() {
        WalRecord untouched = WalRecord.put(new byte[5], new byte[3000]);
        try (Wal wal = open()) {
            List<WalRecord> noise = Collections.nCopies(100, Records.sized(1, 3000));
            for (int i = 0; i < 20; i++) wal.appendBatch(noise);
            wal.appender().put(5, 3000, (key, value) -> {});
            assertEquals(untouched, Records.records(wal).getLast());
        }
    }

    @Test
    void appendsNothingWhenTheWriterFails() {
        IllegalStateException failure = new IllegalStateException("no more");
        try (Wal wal = open()) {
            WalAppender appender = wal.appender();
            for (int i = 0; i < 300; i++) {
                int number = i;
                Position end = wal.endPosition();
                RecordWriter failing = (key, value) -> {
                    value.fill((byte) number);
                    throw failure;
                };
                int bytes = i % 50 == 0 ? 900_000 : 20_000;
                IllegalStateException got =
                        assertThrows(IllegalStateException.class, () -> appender.put(4, bytes, failing));
                assertEquals(failure, got);
                assertEquals(end, wal.endPosition());
                if (i % 2 == 0) putWritten(appender, Records.numbered(i / 2));
            }
            Records.assertHolds(wal, 150);
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, 150);
        }
    }

    @Test
    void refusesAWriterThatAppendsOrCloses() {
        try (Wal wal = open()) {
            WalAppender appender = wal.appender();
            WalAppender other = wal.appender();
            List<Runnable> calls = List.of(
                    () -> wal.append(Records.numbered(1)),
                    () -> wal.appendAsync(Records.numbered(1)).join(),
                    () -> wal.appendBatch(List.of(Records.numbered(1))),
                    () -> other.put(Records.key(1), TEXT),
                    () -> appender.put(Records.key(1), TEXT),
                    () -> appender.version(1, 1),
                    wal::close);
            for (int i = 0; i < calls.size(); i++) {
                Runnable call = calls.get(i);
                WalRecord record = Records.numbered(i);
                appender.put(record.key().byteSize(), record.value().byteSize(), (key, value) -> {
                    writerOf(record).write(key, value);
                    assertThrows(IllegalStateException.class, call::run);
                });
            }
            Records.assertHolds(wal, calls.size());
        }
    }

    @Test
    void belongsToItsThread() throws Exception {
        try (Wal wal = open()) {
            FutureTask<WalAppender> foreign = new FutureTask<>(wal::appender);
            Thread.ofPlatform().start(foreign);
            WalAppender appender = foreign.get();
            assertThrows(WrongThreadException.class, () -> appender.put(Records.key(1), TEXT));
            assertThrows(WrongThreadException.class, appender::withoutTtl);
            Records.assertHolds(wal, 0);
        }
    }

    @Test
    void refusesWhatCannotBeAndGoesOn() {
        MemorySegment gone;
        try (Arena arena = Arena.ofConfined()) {
            gone = arena.allocate(100_000);
        }
        try (Wal wal = open()) {
            WalAppender appender = wal.appender();
            byte[] tooLarge = new byte[2 << 20];
            RecordWriter never = (key, value) -> {
                throw new AssertionError("asked to write what cannot be appended");
            };
            assertThrows(IllegalArgumentException.class, () -> appender.ttl(-1));
            assertThrows(IllegalArgumentException.class, () -> appender.compression(Compression.LZ4, 3));
            assertThrows(IllegalArgumentException.class, () -> appender.compression(Compression.ZSTD, 23));
            assertThrows(IllegalArgumentException.class, () -> appender.put(-1, 0, never));
            assertThrows(WalException.TooLarge.class, () -> appender.put(Records.key(0), tooLarge));
            assertThrows(WalException.TooLarge.class, () -> appender.put(4, 2 << 20, never));
            assertThrows(WalException.TooLarge.class, () -> appender.put(Long.MAX_VALUE, Long.MAX_VALUE, never));
            assertThrows(IllegalStateException.class, () -> appender.put(gone, gone));
            for (int i = 0; i < 5; i++) putWritten(appender, Records.numbered(i));
            Records.assertHolds(wal, 5);
        }
    }

    @Test
    void isAsClosedAsItsLog() {
        Wal wal = open();
        WalAppender appender = wal.appender();
        appender.put(Records.key(0), TEXT);
        wal.close();
        assertThrows(WalException.Closed.class, () -> appender.put(Records.key(1), TEXT));
        assertThrows(WalException.Closed.class, () -> appender.put(4, 4, (key, value) -> {}));
        assertThrows(WalException.Closed.class, wal::appender);
    }
}
