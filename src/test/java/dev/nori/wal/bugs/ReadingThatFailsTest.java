package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.Wal;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalTail;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A read that fails is told as a {@link WalException}, is not final, and moves nobody. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadingThatFailsTest {
    private static final int RECORDS = 60;

    private final SimulatedLog log = new SimulatedLog();

    private Wal filled(Policy policy) {
        Wal wal = log.open(policy);
        for (int i = 0; i < RECORDS; i++) wal.append(Records.sized(i, 50_000));
        wal.sync();
        return wal;
    }

    private static void assertCannotRead(Executable call) {
        WalException.CannotRead told = assertThrows(WalException.CannotRead.class, call);
        assertEquals(5, assertInstanceOf(IoFailure.class, told.getCause()).errno());
    }

    @Test
    void isToldByEveryWayToReadAndIsNotFinal() {
        try (Wal wal = filled(Policy.OS)) {
            for (Call call : new Call[] {Call.READ, Call.OPEN}) {
                log.storage().inject(Fault.eio(call).fromThenOn());
                assertCannotRead(() -> Records.entries(wal));
                assertCannotRead(() -> wal.read(3));
                assertCannotRead(() -> wal.replay(1, view -> {}));
                assertCannotRead(() -> wal.replay(Position.START, 3, view -> {}));
                assertCannotRead(() -> wal.replayInOrder(Position.START, 3, entry -> {}));
                log.storage().heal();
                assertEquals(RECORDS, Records.entries(wal).size());
            }
            wal.append(Records.numbered(1), Durability.DURABLE);
        }
    }

    @Test
    void leavesTheReaderWhereItIs() {
        try (Wal wal = filled(Policy.OS);
                WalReader reader = wal.readFrom(Position.START)) {
            List<LogEntry> seen = new ArrayList<>();
            for (int i = 0; i < 200 && seen.size() < RECORDS; i++) {
                if (i % 3 == 0)
                    log.storage().inject(Fault.eio(Call.READ, Call.OPEN).fromThenOn());
                Position before = reader.position();
                try {
                    LogEntry entry = reader.poll();
                    if (entry != null) seen.add(entry);
                } catch (WalException.CannotRead e) {
                    assertTrue(reader.position().compareTo(before) >= 0);
                }
                log.storage().heal();
            }
            assertEquals(Records.entries(wal), seen);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotWhatAFailedLogDoes(Policy policy) throws Exception {
        Wal wal = filled(policy);
        try (WalTail tail = wal.tail(Position.START);
                WalTail durable = wal.tail(wal.durablePosition(), ReadBound.DURABLE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<LogEntry> waiting = threads.submit(durable::take);
            log.storage()
                    .inject(Fault.eio(Call.WRITE, Call.WRITE_DURABLY, Call.SYNC).fromThenOn());
            assertThrows(WalException.Failed.class, () -> wal.append(Records.numbered(1), Durability.DURABLE));
            for (int i = 0; i < RECORDS; i++) assertEquals(i, Records.number(tail.take()));
            assertThrows(WalException.Failed.class, () -> {
                tail.take(); // what was committed and never acknowledged may be seen where a kill would not take it
                tail.take();
            });
            ExecutionException told = assertThrows(ExecutionException.class, () -> waiting.get(30, TimeUnit.SECONDS));
            assertInstanceOf(WalException.Failed.class, told.getCause());
            assertEquals(RECORDS - 1, Records.number(wal.read(RECORDS - 1)));
            assertTrue(wal.endPosition().compareTo(wal.durablePosition()) >= 0);
        }
        log.storage().heal();
        assertThrows(WalException.Failed.class, wal::close);
    }

    @Test
    void showsUnderAlwaysNothingThatAPowerCutWouldTake() throws Exception {
        Wal wal = log.open(Policy.ALWAYS);
        try (WalCursor cursor = wal.cursor(wal.endPosition())) {
            log.storage()
                    .inject(Fault.eio(Call.WRITE, Call.WRITE_DURABLY, Call.SYNC).fromThenOn());
            assertThrows(WalException.Failed.class, () -> wal.append(Records.numbered(1)));
            assertFalse(cursor.next(), "it was never acknowledged");
            assertThrows(WalException.Failed.class, () -> cursor.await(Duration.ofSeconds(30)));
        }
        log.storage().heal();
        assertThrows(WalException.Failed.class, wal::close);
    }
}
