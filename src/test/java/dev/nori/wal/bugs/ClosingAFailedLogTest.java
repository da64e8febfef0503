package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A log that failed is closed like any other: nothing of it stays in the process, on files that are real. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosingAFailedLogTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    @TempDir
    Path home;

    static Stream<Setting> settings() {
        return Setting.all();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void givesBackDescriptorsMappingAndLock(Setting setting) throws Exception {
        setting.engine().assumeWorksIn(home);
        Path directory = Files.createDirectory(home.resolve("log"));
        WalConfig config = setting.config();
        FaultyStorage storage = new FaultyStorage(setting.engine().open(directory));
        Wal wal = Assembly.open(storage, config, Surroundings.real(config));
        Records.append(wal, 0, 10);
        wal.sync();
        assertTrue(heldIn(directory).size() >= 3, "a log that is open holds a segment, the stage and the lock");
        Position durable = wal.durablePosition();
        storage.inject(Fault.eio(Call.WRITE_DURABLY, Call.SYNC).fromThenOn());
        WalException.Failed failed =
                assertThrows(WalException.Failed.class, () -> wal.append(Records.numbered(10), Durability.DURABLE));
        assertSaysWhatAndWhere(failed);
        storage.heal();
        assertSame(
                failed.getCause(),
                assertThrows(WalException.Failed.class, wal::close).getCause());
        assertEquals(List.of(), heldIn(directory));
        try (Wal again = setting.open(directory)) {
            assertTrue(again.durablePosition().compareTo(durable) >= 0);
            Records.assertHolds(again, Records.entries(again).size());
        }
        assertEquals(List.of(), heldIn(directory));
    }

    private static void assertSaysWhatAndWhere(WalException.Failed failed) {
        String message = String.valueOf(failed.getMessage());
        assertNotNull(failed.getCause());
        assertTrue(message.contains(String.valueOf(failed.getCause().getMessage())), message);
        assertTrue(message.contains("0000000000.wal offset="), message);
        assertTrue(message.contains("errno 5"), message);
    }

    /** Files of a directory that this process has open or mapped. */
    private static List<String> heldIn(Path directory) throws IOException {
        List<String> held = new ArrayList<>(Files.readAllLines(MAPPINGS).stream()
                .filter(line -> line.contains(directory.toString()))
                .toList());
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : descriptors.toList()) {
                String target = target(descriptor);
                if (target.startsWith(directory.toString())) held.add(target);
            }
        }
        return held;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException gone) {
            return ""; // that of the listing itself
        }
    }
}
