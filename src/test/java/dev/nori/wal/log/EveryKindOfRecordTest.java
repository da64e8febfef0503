package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.Durability;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalRecord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EveryKindOfRecordTest extends EverySetting {
    private static final byte[] NOTHING = {};
    private static final byte[] TEXT =
            "the same words again and again, ".repeat(200).getBytes(StandardCharsets.UTF_8);

    private static List<WalRecord> kinds() {
        WalRecord small = Records.numbered(1);
        List<WalRecord> kinds = new ArrayList<>(List.of(
                small,
                WalRecord.put(NOTHING, NOTHING),
                WalRecord.put(Records.key(1), NOTHING),
                WalRecord.put(NOTHING, TEXT),
                WalRecord.delete(Records.key(1)),
                WalRecord.delete(NOTHING),
                WalRecord.delete(Records.key(2)).withVersion(3, 4),
                WalRecord.putWithTtl(Records.key(1), TEXT, Duration.ZERO),
                WalRecord.putWithTtl(Records.key(1), TEXT, Duration.ofDays(36_500)),
                small.withVersion(0, 0),
                small.withVersion(Long.MAX_VALUE, Long.MIN_VALUE).withTtl(Duration.ofMillis(1)),
                WalRecord.put(new byte[0xFFFE], TEXT),
                WalRecord.put(new byte[0xFFFF], TEXT),
                WalRecord.put(new byte[0x10000], NOTHING)));
        for (Compression compression : Compression.values()) {
            kinds.add(WalRecord.put(Records.key(5), TEXT).compressed(compression));
            kinds.add(WalRecord.put(NOTHING, TEXT)
                    .compressed(compression)
                    .withTtl(Duration.ofHours(1))
                    .withVersion(7, 8));
            kinds.add(Records.sized(9, 5000).compressed(compression));
            kinds.add(WalRecord.put(Records.key(5), NOTHING).compressed(compression));
            kinds.add(WalRecord.delete(Records.key(5)).compressed(compression));
            kinds.add(WalRecord.put(Records.key(5), new byte[300_000]).compressed(compression));
        }
        return kinds;
    }

    @Test
    void comesBackAsItWas() {
        List<WalRecord> kinds = kinds();
        try (Wal wal = open()) {
            kinds.forEach(wal::append);
            Records.assertHolds(wal, kinds);
            EveryWayToRead.tells(wal, Records.entries(wal));
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, kinds);
            EveryWayToRead.tells(wal, Records.entries(wal));
        }
    }

    @Test
    void comesBackFromABatchAsItWas() {
        List<WalRecord> kinds = kinds();
        try (Wal wal = open()) {
            wal.appendBatch(kinds);
            Records.assertHolds(wal, kinds);
            EveryWayToRead.tells(wal, Records.entries(wal));
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, kinds);
        }
    }

    @Test
    void comesBackWhenItWasToBeDurableWhateverThePolicy() {
        List<WalRecord> kinds = kinds();
        try (Wal wal = open()) {
            for (WalRecord record : kinds) {
                wal.append(record, Durability.DURABLE);
                assertTrue(wal.durablePosition().compareTo(wal.endPosition()) >= 0);
            }
            Records.assertHolds(wal, kinds);
        }
    }

    @Test
    void isStoredAsItIsWhereCompressionDoesNotMakeItSmaller() {
        try (Wal wal = open()) {
            wal.append(Records.sized(1, 5000).compressed(Compression.ZSTD));
            wal.append(WalRecord.put(NOTHING, TEXT).compressed(Compression.ZSTD));
            wal.append(WalRecord.put(NOTHING, TEXT).compressed(Compression.LZ4));
            List<LogEntry> entries = Records.entries(wal);
            assertEquals(Compression.NONE, entries.get(0).record().compression());
            assertEquals(Compression.ZSTD, entries.get(1).record().compression());
            assertEquals(Compression.LZ4, entries.get(2).record().compression());
            long takenBytes =
                    entries.get(1).next().bytes() - entries.get(1).position().bytes();
            assertTrue(takenBytes < TEXT.length / 10, () -> takenBytes + " bytes for repeated text");
        }
    }

    @Test
    void mayComeFromAnyMemoryAndIsTheCallersAgainAfterwards() {
        byte[] key = Records.key(1);
        byte[] value = TEXT.clone();
        try (Wal wal = open();
                Arena arena = Arena.ofConfined()) {
            MemorySegment nativeMemory = arena.allocate(TEXT.length).copyFrom(MemorySegment.ofArray(TEXT));
            ByteBuffer window = ByteBuffer.allocate(TEXT.length + 20)
                    .position(10)
                    .put(TEXT)
                    .flip()
                    .position(10);
            ByteBuffer readOnly = window.asReadOnlyBuffer();
            wal.append(WalRecord.put(key, value));
            wal.append(WalRecord.put(MemorySegment.ofArray(key), nativeMemory));
            wal.append(WalRecord.put(ByteBuffer.wrap(key), window));
            wal.append(WalRecord.put(ByteBuffer.wrap(key), readOnly).compressed(Compression.LZ4));
            assertEquals(10, window.position());
            key[0] = 77;
            value[0] = 77;
            nativeMemory.fill((byte) 77);
            window.put(10, (byte) 77);

            WalRecord expected = WalRecord.put(Records.key(1), TEXT);
            Records.assertHolds(wal, List.of(expected, expected, expected, expected));
        }
    }

    @Test
    void saysWhenItWasAppended() {
        long before = System.currentTimeMillis();
        try (Wal wal = open()) {
            wal.append(Records.numbered(0));
            long after = System.currentTimeMillis();
            long at = Records.entries(wal).getFirst().appendedAt().toEpochMilli();
            assertFalse(at < before - 1 || at > after + 1, () -> before + " <= " + at + " <= " + after);
        }
    }
}
