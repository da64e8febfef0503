package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.Compression;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bug 11, and 2: an append that failed halfway, in the codec or before, poisoned the log. */
class RecordThatCannotBeReadTest {
    @TempDir
    Path directory;

    private static WalRecord gone(int valueBytes) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment value = arena.allocate(valueBytes);
            return WalRecord.put(MemorySegment.ofArray(Records.key(7)), value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedAtOnceAndHarmsNobody(Compression compression) {
        Setting setting = new Setting(Engine.NIO, Policy.BATCH);
        WalConfig config = setting.config().withMaxSegmentBytes(8 << 20);
        try (Wal wal = Wal.open(directory, config)) {
            int count = 0;
            for (int valueBytes : new int[] {10, 5000, 900_000, 2 << 20, 6 << 20}) {
                WalRecord bad = gone(valueBytes).compressed(compression);
                count += Records.append(wal, count, count + 3).size();
                Position end = wal.endPosition();
                assertThrows(IllegalStateException.class, () -> wal.append(bad));
                assertThrows(IllegalStateException.class, () -> wal.appendAsync(bad));
                assertThrows(IllegalStateException.class, () -> wal.appendBatch(List.of(Records.numbered(0), bad)));
                assertEquals(end, wal.endPosition());
                wal.sync();
                count += Records.append(wal, count, count + 3).size();
                Records.assertHolds(wal, count);
            }
        }
        try (Wal wal = Wal.open(directory, config)) {
            Records.assertHolds(wal, 30);
        }
    }
}
