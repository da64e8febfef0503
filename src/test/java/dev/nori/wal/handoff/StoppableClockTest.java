package dev.nori.wal.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StoppableClockTest {
    private long now = 1000;
    private final StoppableClock clock = new StoppableClock(() -> now);

    @Test
    void showsTheTime() {
        now = 1001;
        assertEquals(1001, clock.getAsLong());
    }

    @Test
    void showsWhenItWasStoppedUntilItGoesAgain() {
        clock.stop();
        now = 2000;
        assertEquals(1000, clock.getAsLong());
        clock.go();
        assertEquals(2000, clock.getAsLong());
    }

    @Test
    void isStoppedAnew() {
        clock.stop();
        now = 2000;
        clock.stop();
        assertEquals(2000, clock.getAsLong());
    }
}
