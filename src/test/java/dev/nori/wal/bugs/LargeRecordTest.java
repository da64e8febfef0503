package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bug 13: records over 128 KiB could not be read, readers stopped at the end of a segment and could not resume. */
class LargeRecordTest {
    private static final int KIB = 1024;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void isReadRightAfterItsAppendAndForEver(Setting setting) {
        setting.engine().assumeWorksIn(directory);
        WalConfig config = setting.config().withMaxSegmentBytes(3 << 20);
        List<WalRecord> records = new ArrayList<>();
        for (int kib : new int[] {1, 63, 64, 65, 127, 128, 129, 255, 256, 257, 700, 1024, 2900}) {
            for (int more = -17; more <= 17; more += 17) records.add(Records.sized(kib, kib * KIB + more));
        }
        try (Wal wal = Wal.open(directory, config);
                WalReader reader = wal.readFrom(Position.START)) {
            for (WalRecord record : records) {
                Position at = wal.append(record);
                LogEntry entry = reader.poll();
                assertEquals(record, entry == null ? null : entry.record());
                assertEquals(at, entry == null ? null : entry.position());
                assertNull(reader.poll());
            }
            Records.assertHolds(wal, records);
        }
        try (Wal wal = Wal.open(directory, config)) {
            Records.assertHolds(wal, records);
            for (LogEntry entry : Records.entries(wal)) {
                try (WalReader reader = wal.readFrom(entry.position())) {
                    assertEquals(entry, reader.poll());
                    assertEquals(entry.next(), reader.position());
                }
            }
        }
    }
}
