package dev.nori.wal.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private final Waiters waiters = new Waiters();

    @AfterEach
    void forgetThatThisThreadWasWoken() {
        LockSupport.parkNanos(1);
    }

    @Test
    void saysHowManyItWokeAndKeepsTheOthers() {
        waiters.enter(300);
        waiters.enter(100);
        waiters.enter(400);
        waiters.enter(200);
        assertEquals(2, waiters.release(200));
        assertFalse(waiters.isEmpty());
        assertEquals(2, waiters.release(Long.MAX_VALUE));
        assertTrue(waiters.isEmpty());
    }
}
