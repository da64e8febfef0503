package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.RecoveryReport;
import dev.nori.wal.Wal;
import dev.nori.wal.log.Folders;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bug 17: every open read all of the log. */
class OpeningTest {
    private static final long ONE_SEGMENT_AND_A_WINDOW = 3 << 20;

    @TempDir
    Path home;

    private static RecoveryReport reopen(Setting setting, Path directory) {
        try (Wal wal = setting.open(directory)) {
            return wal.recovery();
        }
    }

    private static void append(Wal wal, int segments) {
        int target = wal.stats().segments() + segments;
        for (int i = 0; wal.stats().segments() < target; i++) wal.append(Records.sized(i, 60_000));
        wal.sync();
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void readsTheLastSegmentsOnlyHoweverManyThereAre(Setting setting) {
        setting.engine().assumeWorksIn(home);
        for (int segments : new int[] {2, 8, 20}) {
            try (Wal wal = setting.open(home.resolve("log"))) {
                append(wal, segments);
            }
            RecoveryReport report = reopen(setting, home.resolve("log"));
            assertTrue(report.segments() > segments);
            assertTrue(report.bytesScanned() <= ONE_SEGMENT_AND_A_WINDOW, report::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void readsLittleMoreAfterAKill(Setting setting) throws Exception {
        setting.engine().assumeWorksIn(home);
        Path directory = home.resolve("log");
        try (Wal wal = setting.open(directory)) {
            append(wal, 12);
            long records = wal.stats().records();
            RecoveryReport report = reopen(setting, Folders.copy(directory, home.resolve("killed")));
            assertEquals(records, report.records());
            assertTrue(report.bytesScanned() <= 2 * ONE_SEGMENT_AND_A_WINDOW, report::toString);
        }
    }
}
