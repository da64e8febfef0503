package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate();

    @Test
    void whoLookedWhileItWasClosedFindsAnotherNumberInside() throws InterruptedException {
        int[] looked = {0};
        gate.alone(() -> looked[0] = gate.closings());
        gate.enter();
        assertNotEquals(looked[0], gate.closings());
        gate.leave();
    }

    @Test
    void whoLookedBeforeItWasClosedFindsAnotherNumberInside() throws InterruptedException {
        int before = gate.closings();
        gate.alone(() -> assertNotEquals(before, gate.closings()));
        assertNotEquals(before, gate.closings());
    }

    @Test
    void theNumberStaysWhileItIsOpen() throws InterruptedException {
        gate.alone(() -> {});
        int before = gate.closings();
        gate.enter();
        assertEquals(before, gate.closings());
        gate.leave();
        assertEquals(before, gate.closings());
    }
}
