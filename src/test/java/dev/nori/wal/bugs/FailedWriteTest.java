package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bugs 1 and 2: a failed write was acknowledged, and what was written behind it could never be read again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailedWriteTest {
    private static final Fault EVERY_WRITE =
            Fault.eio(Call.WRITE, Call.WRITE_DURABLY).fromThenOn();

    private final SimulatedLog log = new SimulatedLog();

    private static void assertFailed(Executable call) {
        WalException.Failed failed = assertThrows(WalException.Failed.class, call);
        assertEquals(5, assertInstanceOf(IoFailure.class, failed.getCause()).errno());
    }

    private static void assertFinal(Wal wal) {
        assertFailed(() -> wal.append(Records.numbered(99)));
        assertFailed(() -> wal.append(Records.numbered(99), Durability.DURABLE));
        assertFailed(() -> wal.appendBatch(Records.numbered(90, 99)));
        assertFailed(() -> wal.appendAsync(Records.numbered(99)));
        assertFailed(wal::sync);
        assertFailed(wal::flush);
        assertFailed(() -> wal.awaitDurable(Position.START));
    }

    @ParameterizedTest
    @EnumSource
    void isNeverAcknowledgedAsDurable(Policy policy) {
        Wal wal = log.open(policy);
        Records.append(wal, 0, 10);
        wal.sync();
        log.storage().inject(EVERY_WRITE);
        Position durable = wal.durablePosition();
        assertFailed(() -> wal.append(Records.numbered(10), Durability.DURABLE));
        assertFinal(wal);
        log.storage().heal();
        assertFinal(wal);
        assertEquals(durable, wal.durablePosition());
        assertFailed(wal::close);
        wal.close();
        assertReopens(policy, 10, 11);
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "OS"})
    void isToldToSyncThoughTheAppendHadReturned(Policy policy) {
        Wal wal = log.open(policy);
        wal.sync();
        log.storage().inject(EVERY_WRITE);
        int acknowledged = 0;
        try {
            while (acknowledged < 20) wal.append(Records.numbered(acknowledged++));
        } catch (WalException.Failed e) {
            acknowledged--;
        }
        assertFailed(wal::sync);
        assertFinal(wal);
        assertFailed(wal::close);
        assertReopens(policy, acknowledged, acknowledged + 1);
    }

    @ParameterizedTest
    @EnumSource
    void isToldThoughTheSegmentIsFullByThen(Policy policy) {
        Wal wal = log.open(policy);
        wal.sync();
        log.storage().inject(EVERY_WRITE.at(3));
        assertFailed(() -> {
            for (int i = 0; i < 100; i++) wal.append(Records.sized(i, 50_000));
            wal.sync();
        });
        assertFinal(wal);
    }

    @ParameterizedTest
    @EnumSource
    void completesEveryFutureThatWaits(Policy policy) throws Exception {
        Wal wal = log.open(policy);
        log.awaitPreparedSegment();
        log.storage().inject(EVERY_WRITE);
        CompletableFuture<Position> future = wal.appendAsync(Records.numbered(0), Durability.DURABLE);
        ExecutionException failure = assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
        assertInstanceOf(WalException.Failed.class, failure.getCause());
        assertFinal(wal);
    }

    @ParameterizedTest
    @EnumSource
    void leavesAnInterruptedCallerInterrupted(Policy policy) throws Exception {
        Wal wal = log.open(policy);
        wal.sync();
        log.storage().inject(EVERY_WRITE);
        AtomicBoolean kept = new AtomicBoolean();
        Thread waiting = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            assertFailed(() -> wal.append(Records.numbered(0), Durability.DURABLE));
            kept.set(Thread.currentThread().isInterrupted());
        });
        waiting.join();
        assertTrue(kept.get());
    }

    /** Bug 2. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 512, 4096})
    void leavesNothingBehindThatHidesLaterRecords(long prefixBytes) throws Exception {
        Wal wal = log.open(Policy.ALWAYS);
        Records.append(wal, 0, 30);
        log.awaitPreparedSegment(); // whose writes are not meant
        log.storage().inject(Fault.full(Call.WRITE, Call.WRITE_DURABLY).afterWriting(prefixBytes));
        assertThrows(WalException.class, () -> wal.append(Records.sized(30, 3000)));
        for (int i = 0; i < 5; i++) assertThrows(WalException.Failed.class, () -> wal.append(Records.numbered(31)));

        int kept;
        try (Wal again = log.open(Policy.ALWAYS)) {
            List<LogEntry> entries = Records.entries(again);
            Records.assertConsistent(entries, 0);
            kept = entries.size();
            assertTrue(kept == 30 || kept == 31, () -> kept(entries));
            for (int i = 0; i < 30; i++)
                assertEquals(Records.numbered(i), entries.get(i).record());
            Records.append(again, 31, 60);
        }
        try (Wal again = log.open(Policy.ALWAYS)) {
            assertEquals(kept + 29, Records.entries(again).size());
        }
    }

    private static String kept(List<LogEntry> entries) {
        return entries.size() + " records";
    }

    private void assertReopens(Policy policy, int atLeast, int atMost) {
        try (Wal wal = log.open(policy)) {
            int count = Records.entries(wal).size();
            assertTrue(atLeast <= count && count <= atMost, () -> count + " records");
            Records.assertHolds(wal, count);
            Records.append(wal, count, count + 10);
            Records.assertHolds(wal, count + 10);
        }
    }
}
