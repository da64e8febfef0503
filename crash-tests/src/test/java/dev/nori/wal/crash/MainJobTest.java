package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainJobTest {
    @Test
    void refusesAnOptionItDoesNotKnow() {
        assertEquals(2, new CommandLine(new MainJob()).execute("--sed", "1"));
    }
}
