package dev.nori.wal.bugs;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.log.Folders;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bug 8 where two files meet: the old segment may be sealed before a byte of the new one is in its file. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledAtARollTest {
    private static final int TRAILER_BYTES = 96;

    @TempDir
    Path home;

    @ParameterizedTest
    @MethodSource("dev.nori.wal.log.Setting#engines")
    void losesNothingThatIsStillInTheStage(Setting setting) throws Exception {
        Engine engine = setting.engine();
        engine.assumeWorksIn(home);
        Path directory = Files.createDirectory(home.resolve("log"));
        FaultyStorage storage = new FaultyStorage(engine.open(directory));
        WalConfig config = setting.config().withFsyncPolicy(Policy.OS.fsync());
        CountDownLatch release = new CountDownLatch(1);
        int count = 0;
        try (Wal wal = Assembly.open(storage, config, Surroundings.real(config))) {
            storage.before(Call.WRITE, () -> {
                boolean writer = Thread.currentThread().getName().equals("nori-wal-writer");
                if (writer && wal.stats().rolls() > 0) await(release);
            });
            while (wal.stats().segments() == 1) count = append(wal, count);
            wal.append(Records.numbered(count++));
            while (!isSealed(Folders.segment(directory, 0))) Thread.sleep(1);
            wal.append(Records.numbered(count++));

            try (Wal found = setting.open(Folders.copy(directory, home.resolve("copy")))) {
                Records.assertHolds(found, count);
            }
            release.countDown();
            Records.assertHolds(wal, count);
        }
        try (Wal wal = setting.open(directory)) {
            Records.assertHolds(wal, count);
        }
    }

    private static boolean isSealed(Path segment) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        return bytes[bytes.length - TRAILER_BYTES] != 0;
    }

    private static int append(Wal wal, int number) {
        wal.append(Records.numbered(number));
        return number + 1;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
