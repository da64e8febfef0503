package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosingTest extends EverySetting {
    @Test
    void isIdempotent() {
        Wal wal = open();
        wal.append(Records.numbered(0));
        wal.close();
        wal.close();
        try (Wal again = open()) {
            assertInstanceOf(Verdict.Clean.class, again.recovery().verdict());
            Records.assertHolds(again, 1);
        }
    }

    @Test
    void makesEverythingDurableAndSaysThatItDid() {
        try (Wal wal = open()) {
            assertInstanceOf(Verdict.New.class, wal.recovery().verdict());
            Records.append(wal, 0, 100);
        }
        try (Wal wal = open()) {
            assertInstanceOf(Verdict.Clean.class, wal.recovery().verdict());
            assertEquals(100, wal.recovery().records());
            assertEquals(0, wal.recovery().recordsFromStage());
        }
    }

    @Test
    void mayBeDoneByManyAtOnce() throws Exception {
        Wal wal = open();
        Records.append(wal, 0, 10);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                wal.close();
                assertThrows(WalException.Closed.class, wal::sync);
            }));
        }
        for (Thread thread : threads) thread.join();
        try (Wal again = open()) {
            Records.assertHolds(again, 10);
        }
    }

    @Test
    void leavesACallerWithItsAnswerOrWithClosed() throws Exception {
        Wal wal = open();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        wal.append(Records.numbered(1));
                        acknowledged.incrementAndGet();
                    }
                } catch (WalException.Closed e) {
                    refused.incrementAndGet();
                }
            }));
        }
        while (acknowledged.get() < 100) Thread.onSpinWait();
        wal.close();
        for (Thread thread : threads) thread.join();
        assertEquals(4, refused.get());
        try (Wal again = open()) {
            assertEquals(acknowledged.get(), Records.entries(again).size());
        }
    }

    @Test
    void endsEveryReader() {
        Wal wal = open();
        Records.append(wal, 0, 2);
        WalReader reader = wal.readFrom(Position.START);
        LogEntry first = reader.iterator().next();
        wal.close();
        assertThrows(WalException.Closed.class, reader::poll);
        assertEquals(Records.numbered(0), first.record());
        reader.close();
    }

    @Test
    void isFinal() {
        Wal wal = open();
        wal.close();
        List<Executable> calls = List.of(
                () -> wal.append(Records.numbered(0)),
                () -> wal.appendAsync(Records.numbered(0)),
                () -> wal.appendBatch(Records.numbered(0, 2)),
                wal::sync,
                wal::flush,
                wal::endPosition,
                wal::durablePosition,
                () -> wal.awaitDurable(Position.START),
                () -> wal.readFrom(Position.START));
        for (Executable call : calls) assertThrows(WalException.Closed.class, call);
        assertTrue(wal.recovery().generation() > 0);
    }
}
