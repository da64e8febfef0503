package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AckCounterTest {
    private final AckCounter ledger = new AckCounter();

    @Test
    void countsNumbersInTheirTurn() throws IOException {
        ledger.readFrom(stream("1\n2\n3\n"));
        assertEquals(3, ledger.acknowledged());
    }

    @Test
    void putsTogetherANumberThatArrivesInPieces() throws IOException {
        ledger.readFrom(new SequenceInputStream(stream("1\n2\n3\n4\n5\n6\n7\n8\n9\n1"), stream("0\n")));
        assertEquals(10, ledger.acknowledged());
    }

    @Test
    void doesNotCountANumberThatAKillCutShort() throws IOException {
        ledger.readFrom(stream("1\n2"));
        assertEquals(1, ledger.acknowledged());
    }

    @Test
    void refusesANumberOutOfItsTurn() {
        assertThrows(IOException.class, () -> ledger.readFrom(stream("1\n3\n")));
    }

    @Test
    void refusesANumberTwice() {
        assertThrows(IOException.class, () -> ledger.readFrom(stream("1\n1\n")));
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThrows(IOException.class, () -> ledger.readFrom(stream("hello\n")));
    }

    @Test
    void stopsWaitingWhenThePipeHasEnded() throws IOException, InterruptedException {
        ledger.readFrom(stream("1\n2\n"));
        assertTrue(ledger.await(2));
        assertFalse(ledger.await(3));
    }

    @Test
    void knowsNoRateWhenEverythingCameAtOnce() throws IOException {
        ledger.readFrom(stream("1\n2\n"));
        assertEquals(0, ledger.perSecond());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
