package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.log.Folders;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bug 8: the last acknowledged record was lost when the process was killed, or merely ended. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledProcessTest {
    private static final int LET_IT_SAY = 2000;

    @TempDir
    Path home;

    static Stream<Setting> withoutSync() {
        return Setting.all().filter(setting -> setting.policy() != Policy.ALWAYS);
    }

    private Path directory(Setting setting) {
        setting.engine().assumeWorksIn(home);
        return home.resolve("log");
    }

    @ParameterizedTest
    @MethodSource("withoutSync")
    void losesNothingThatWasAcknowledged(Setting setting) throws Exception {
        Path directory = directory(setting);
        int acknowledged;
        try (Child child = Child.start("append", setting, directory)) {
            String line = "-1";
            for (int i = 0; i < LET_IT_SAY; i++) line = child.line();
            acknowledged = 1 + Integer.parseInt(child.killAndReadOn(line));
        }
        try (Wal wal = setting.open(directory)) {
            int count = Records.entries(wal).size();
            assertTrue(
                    acknowledged <= count && count <= acknowledged + 1,
                    () -> acknowledged + " acknowledged, " + count + " found");
            Records.assertHolds(wal, count);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void losesNothingWhenItEndsWithoutClosing(Setting setting) throws Exception {
        Path directory = directory(setting);
        try (Child child = Child.start("exit", setting, directory)) {
            assertEquals("ended", child.line());
            assertEquals(7, child.exitCode());
        }
        try (Wal wal = setting.open(directory)) {
            Records.assertHolds(wal, 10);
            assertEquals(new Verdict.TornTail(0), wal.recovery().verdict());
        }
    }

    /** A copy of a log at rest is what a killed process leaves. */
    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#all")
    void leavesNothingThatLooksLikeDamage(Setting setting) throws Exception {
        Path directory = directory(setting);
        try (Wal wal = setting.open(directory)) {
            for (int i = 0; i < 4; i++) {
                Records.append(wal, 300 * i, 300 * i + 300);
                while (setting.policy() == Policy.BATCH && wal.durablePosition().compareTo(wal.endPosition()) < 0) {
                    Thread.sleep(1); // nothing may move while it is copied
                }
                Path copy = Folders.copy(directory, home.resolve("copy" + i));
                try (Wal found = setting.open(copy)) {
                    Records.assertHolds(found, 300 * i + 300);
                    assertEquals(new Verdict.TornTail(0), found.recovery().verdict());
                }
            }
        }
    }
}
