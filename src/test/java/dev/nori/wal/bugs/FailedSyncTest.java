package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bug 6: the first sync after a failed one succeeded, on nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailedSyncTest {
    private final SimulatedLog log = new SimulatedLog();

    private static @Nullable Throwable causeOf(Runnable call) {
        return assertThrows(WalException.Failed.class, call::run).getCause();
    }

    @ParameterizedTest
    @EnumSource
    void isFinalAndNeverTriedAgain(Policy policy) {
        Wal wal = log.openStepped(policy); // every call is counted: none may come from a thread of the log
        Records.append(wal, 0, 10);
        wal.sync();
        Position durable = wal.durablePosition();
        log.storage().inject(Fault.eio(Call.SYNC, Call.WRITE_DURABLY).fromThenOn());
        @Nullable Throwable cause = causeOf(() -> wal.append(Records.numbered(10), Durability.DURABLE));
        log.storage().heal();
        long tried = log.storage().count(Call.SYNC) + log.storage().count(Call.WRITE_DURABLY);
        for (int i = 0; i < 5; i++) {
            assertSame(cause, causeOf(wal::sync));
            assertSame(cause, causeOf(() -> wal.append(Records.numbered(10))));
            assertSame(cause, causeOf(() -> wal.awaitDurable(wal.endPosition())));
        }
        assertSame(cause, causeOf(wal::close));
        assertEquals(tried, log.storage().count(Call.SYNC) + log.storage().count(Call.WRITE_DURABLY));
        try (Wal again = log.open(policy)) {
            int count = Records.entries(again).size();
            assertTrue(count >= 10, () -> count + " records");
            assertTrue(again.durablePosition().compareTo(durable) >= 0);
            Records.assertHolds(again, count);
        }
    }

    @Test
    void isNoticedByTheNextCallIfNobodyWaitedForIt() throws Exception {
        Wal wal = log.open(Policy.BATCH);
        wal.sync();
        log.storage().inject(Fault.eio(Call.SYNC, Call.WRITE_DURABLY).fromThenOn());
        wal.append(Records.numbered(0));
        Position durable = wal.durablePosition();
        assertThrows(WalException.Failed.class, () -> {
            while (true) {
                wal.append(Records.numbered(1));
                Thread.sleep(1);
            }
        });
        log.storage().heal();
        assertThrows(WalException.Failed.class, wal::sync);
        assertEquals(durable, wal.durablePosition());
    }

    @ParameterizedTest
    @EnumSource
    void isToldToSyncEvenIfEverythingWasDurableBefore(Policy policy) {
        Wal wal = log.open(policy);
        log.storage().inject(Fault.eio(Call.SYNC_DIRECTORY).fromThenOn());
        assertThrows(WalException.Failed.class, () -> {
            for (int i = 0; i < 60; i++) wal.append(Records.sized(i, 50_000));
        });
        assertThrows(WalException.Failed.class, wal::sync);
        assertThrows(WalException.Failed.class, wal::flush);
        assertThrows(WalException.Failed.class, () -> wal.awaitDurable(Position.START));
    }
}
