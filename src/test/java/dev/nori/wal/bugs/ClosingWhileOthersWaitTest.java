package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bug 12: a log that was closed under its callers left some of them hanging, and its files open. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosingWhileOthersWaitTest {
    private static final int CALLERS = 4;
    private static final int FUTURES = 10;

    private final CountDownLatch syncing = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<FutureTask<Position>> callers = new ArrayList<>();
    private final List<CompletableFuture<Position>> futures = new ArrayList<>();
    private final List<FutureTask<Void>> closers = new ArrayList<>();

    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init") // each test opens first
    private FaultyStorage storage;

    private Wal open(Engine engine) throws IOException {
        engine.assumeWorksIn(home);
        Path directory = home.resolve("log");
        Files.createDirectory(directory);
        storage = new FaultyStorage(engine.open(directory));
        var config = new Setting(engine, Policy.OS).config();
        return Assembly.open(storage, config, Surroundings.real(config));
    }

    /** Everybody waits: for a sync that does not end, or for the log to be closed. */
    private void haveEverybodyWait(Wal wal) throws Exception {
        holdTheNextSync();
        start(callers, () -> wal.append(Records.numbered(0), Durability.DURABLE));
        assertTrue(syncing.await(20, TimeUnit.SECONDS));
        for (int i = 1; i < CALLERS; i++) start(callers, () -> wal.append(Records.numbered(0), Durability.DURABLE));
        start(callers, () -> {
            wal.sync();
            return Position.START;
        });
        while (wal.stats().records() < CALLERS) Thread.sleep(1);
        for (int i = 0; i < FUTURES; i++) futures.add(wal.appendAsync(Records.numbered(0), Durability.DURABLE));
        for (int i = 0; i < 3; i++) {
            start(closers, () -> {
                wal.close();
                return null;
            });
        }
        while (!isClosed(wal)) Thread.sleep(1);
        for (FutureTask<?> task : callers) assertFalse(task.isDone());
        for (FutureTask<?> task : closers) assertFalse(task.isDone(), "close waits for what it promised");
        for (CompletableFuture<?> future : futures) assertFalse(future.isDone());
    }

    /** Not that of the next segment, which is prepared meanwhile. */
    private void holdTheNextSync() {
        AtomicBoolean first = new AtomicBoolean(true);
        Runnable hold = () -> {
            boolean preparing = Thread.currentThread().getName().equals("nori-wal-housekeeper");
            if (preparing || !first.getAndSet(false)) return;
            syncing.countDown();
            try {
                assertTrue(release.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        storage.before(Call.WRITE_DURABLY, hold);
        storage.before(Call.SYNC, hold);
    }

    private static <T> void start(List<FutureTask<T>> tasks, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        tasks.add(task);
        Thread.ofPlatform().start(task);
    }

    private static boolean isClosed(Wal wal) {
        try {
            wal.append(Records.numbered(0));
            return false;
        } catch (WalException.Closed e) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersEverybodyAndLosesNothing(Engine engine) throws Exception {
        Wal wal = open(engine);
        haveEverybodyWait(wal);
        long records = wal.stats().records();
        release.countDown();
        for (FutureTask<?> task : callers) task.get(20, TimeUnit.SECONDS);
        for (FutureTask<?> task : closers) task.get(20, TimeUnit.SECONDS);
        for (CompletableFuture<?> future : futures) future.get(20, TimeUnit.SECONDS);
        assertNothingIsHeld();
        try (Wal again = new Setting(engine, Policy.OS).open(home.resolve("log"))) {
            assertEquals(records, Records.entries(again).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsEverybodyOfAFailureAndGivesEverythingBack(Engine engine) throws Exception {
        Wal wal = open(engine);
        haveEverybodyWait(wal);
        storage.inject(Fault.eio(Call.SYNC, Call.WRITE_DURABLY).fromThenOn());
        release.countDown();
        callers.removeFirst(); // its sync was under way already
        for (FutureTask<?> task : callers) assertInstanceOf(WalException.Failed.class, causeOf(task));
        for (CompletableFuture<?> future : futures) assertInstanceOf(WalException.Failed.class, causeOf(future));
        long told = 0;
        for (FutureTask<?> task : closers) told += hasFailed(task) ? 1 : 0;
        assertEquals(1, told, "whoever came first");
        assertNothingIsHeld();
        new Setting(engine, Policy.OS).open(home.resolve("log")).close();
    }

    private static boolean hasFailed(FutureTask<?> task) throws Exception {
        try {
            task.get(20, TimeUnit.SECONDS);
            return false;
        } catch (ExecutionException e) {
            assertInstanceOf(WalException.Failed.class, e.getCause());
            return true;
        }
    }

    private static @Nullable Throwable causeOf(Future<?> task) {
        return assertThrows(ExecutionException.class, () -> task.get(20, TimeUnit.SECONDS))
                .getCause();
    }

    /** No descriptor and no mapping of this process is in the log's directory. */
    private void assertNothingIsHeld() throws IOException {
        String directory = home.toRealPath().toString();
        if (!Files.isDirectory(Path.of("/proc/self/fd"))) return;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            assertEquals(
                    List.of(),
                    descriptors
                            .map(ClosingWhileOthersWaitTest::target)
                            .filter(to -> to.startsWith(directory))
                            .toList());
        }
        List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
        assertEquals(
                List.of(), maps.stream().filter(map -> map.contains(directory)).toList());
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }
}
