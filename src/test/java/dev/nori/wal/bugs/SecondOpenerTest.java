package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.log.Folders;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bug 9: a second open succeeded, and repaired the files under the hands of the first. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecondOpenerTest {
    @TempDir
    Path home;

    private static void assertNames(long pid, WalException.Locked refusal) {
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("pid " + pid), message);
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void isRefusedInTheSameProcessByEveryEngine(Setting setting) throws Exception {
        setting.engine().assumeWorksIn(home);
        Path directory = home.resolve("log");
        Path otherName = home.resolve("link");
        try (Wal wal = setting.open(directory)) {
            Files.createSymbolicLink(otherName, directory);
            Records.append(wal, 0, 10);
            for (Engine engine : Engine.values()) {
                Setting other = new Setting(engine, Policy.ALWAYS);
                long pid = ProcessHandle.current().pid();
                assertNames(pid, assertThrows(WalException.Locked.class, () -> other.open(directory)));
                assertNames(pid, assertThrows(WalException.Locked.class, () -> other.open(otherName)));
            }
            Records.append(wal, 10, 20);
        }
        try (Wal wal = setting.open(otherName)) {
            Records.assertHolds(wal, 20);
        }
    }

    @Test
    void changesNothing() throws Exception {
        Setting setting = new Setting(Engine.NIO, Policy.OS);
        try (Wal wal = setting.open(home)) {
            Records.append(wal, 0, 10);
            wal.sync();
            Map<String, byte[]> before = Folders.contents(home);
            assertThrows(WalException.Locked.class, () -> setting.open(home));
            Folders.assertUntouched(before, home);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void isRefusedWhoeverOfTwoProcessesCameFirst(Setting setting) throws Exception {
        setting.engine().assumeWorksIn(home);
        Path directory = home.resolve("log");
        try (Wal wal = setting.open(directory);
                Child child = Child.start("hold", setting, directory)) {
            String refusal = child.line();
            assertTrue(refusal.contains("pid " + ProcessHandle.current().pid()), refusal);
            Records.append(wal, 0, 1);
        }
        try (Child child = Child.start("hold", setting, directory)) {
            assertEquals("open", child.line());
            assertNames(child.pid(), assertThrows(WalException.Locked.class, () -> setting.open(directory)));
        }
        try (Wal wal = setting.open(directory)) {
            assertEquals(2, Records.entries(wal).size());
        }
    }
}
