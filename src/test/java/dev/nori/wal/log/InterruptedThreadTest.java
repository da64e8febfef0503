package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Durability;
import dev.nori.wal.Wal;
import dev.nori.wal.WalReader;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptedThreadTest extends EverySetting {
    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    private static void assertStillInterrupted() {
        assertTrue(Thread.currentThread().isInterrupted(), "the flag is kept");
    }

    @Test
    void doesEverythingAndKeepsItsFlag() throws Exception {
        Thread.currentThread().interrupt();
        try (Wal wal = open()) {
            assertStillInterrupted();
            for (int i = 0; i < 2; i++) wal.append(Records.numbered(i));
            wal.appender().put(Records.numbered(2).key(), Records.numbered(2).value());
            wal.append(Records.numbered(3), Durability.DURABLE);
            wal.appendBatch(Records.numbered(4, 6));
            assertStillInterrupted();
            wal.sync();
            wal.flush();
            wal.awaitDurable(wal.endPosition());
            assertStillInterrupted();
            try (WalReader reader = wal.readFrom(wal.recovery().first())) {
                assertEquals(Records.numbered(0), reader.iterator().next().record());
            }
            Records.assertHolds(wal, 6);
            assertStillInterrupted();
        }
        assertStillInterrupted();
        try (Wal wal = open()) {
            Records.assertHolds(wal, 6);
            assertStillInterrupted();
        }
    }

    @Test
    void rollsLikeAnyOther() {
        Thread.currentThread().interrupt();
        try (Wal wal = open()) {
            for (int i = 0; i < 12; i++) wal.append(Records.sized(i, 300_000));
            assertEquals(12, Records.entries(wal).size());
            assertTrue(wal.stats().rolls() >= 3 || wal.stats().segments() >= 4);
        }
        assertStillInterrupted();
    }

    @Test
    void mayBeInterruptedAtAnyMoment() throws Exception {
        AtomicInteger appended = new AtomicInteger();
        try (Wal wal = open()) {
            Thread victim = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 200; i++) {
                    wal.append(Records.numbered(i), i % 10 == 0 ? Durability.DURABLE : Durability.POLICY);
                    appended.incrementAndGet();
                }
            });
            while (victim.isAlive()) {
                victim.interrupt();
                victim.join(0, 100_000);
            }
            assertEquals(200, appended.get());
            Records.assertHolds(wal, 200);
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, 200);
        }
    }
}
