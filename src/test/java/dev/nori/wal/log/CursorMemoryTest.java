package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalRecord;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** What a cursor allocates has to do with how often it reads a file, not with how many records it shows. */
class CursorMemoryTest extends EveryEngine {
    private static final int RECORDS = 10_000;
    private static final int ROUNDS = 20; // the first ones are interpreted, where every view is an object

    private Wal filled(Compression compression, int valueBytes) {
        Wal wal = open();
        for (int i = 0; i < RECORDS; i++) {
            wal.append(WalRecord.put(Records.key(i), new byte[valueBytes]).compressed(compression));
        }
        wal.sync();
        return wal;
    }

    private static long leastBytes(Wal wal, long expected, ToLongFunction<WalCursor> look) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            try (WalCursor cursor = wal.cursor(Position.START)) {
                long before = AllocatedBytes.now();
                long sum = 0;
                while (cursor.next()) sum += look.applyAsLong(cursor);
                least = Math.min(least, AllocatedBytes.now() - before);
                assertEquals(expected, sum);
            }
        }
        return least;
    }

    @Test
    void isNotTakenForEachRecord() {
        try (Wal wal = filled(Compression.NONE, 100)) {
            long bytes = leastBytes(wal, 4L * RECORDS, cursor -> {
                boolean plain = !cursor.isTombstone() && !cursor.hasVersion() && cursor.ttlMillis() < 0;
                return plain && cursor.nextPositionBytes() > cursor.positionBytes() ? 4 : 0;
            });
            assertTrue(bytes < RECORDS, () -> bytes + " bytes for " + RECORDS + " records");
        }
    }

    @Test
    void isNotTakenForKeysAndValues() {
        for (Compression compression : new Compression[] {Compression.NONE, Compression.LZ4}) {
            directory = home.resolve(compression.name());
            assertTrue(bytesForViews(compression, 100) < RECORDS, compression::toString);
        }
    }

    @Test
    void isUsedAgainForWhatIsDecompressedByALibraryThatAllocatesItself() {
        long each = bytesForViews(Compression.ZSTD, 4000) / RECORDS;
        assertTrue(each < 1000, () -> each + " bytes for each value of 4000"); // the library's part: 128 to 352
    }

    private long bytesForViews(Compression compression, int valueBytes) {
        try (Wal wal = filled(compression, valueBytes)) {
            return leastBytes(
                    wal,
                    (4L + valueBytes) * RECORDS,
                    cursor -> cursor.keyBuffer().remaining()
                            + cursor.valueBuffer().remaining());
        }
    }
}
