package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineOracleTest {
    private static final List<byte[]> SENT = bytes("a", "b", "c", "d", "e");

    @Test
    void acceptsWhatWasAcknowledged() {
        assertTrue(judge(3, "a", "b", "c").holds());
    }

    @Test
    void acceptsWhatWasSentAndNotYetAcknowledged() {
        assertTrue(judge(1, "a", "b", "c").holds());
    }

    @Test
    void acceptsNothingWhenNothingWasAcknowledged() {
        assertTrue(judge(0).holds());
    }

    @Test
    void findsALostTail() {
        assertVerdict(judge(4, "a", "b"), 2, 2, 0);
    }

    @Test
    void findsAHole() {
        assertVerdict(judge(4, "a", "c", "d"), 3, 3, 2);
    }

    @Test
    void findsAnotherOrder() {
        assertVerdict(judge(3, "a", "c", "b"), 3, 2, 2);
    }

    @Test
    void findsOneThatIsBackTwice() {
        assertVerdict(judge(2, "a", "b", "b"), 3, 0, 1);
    }

    @Test
    void findsOneThatWasNeverSent() {
        assertVerdict(judge(2, "a", "b", "x"), 3, 0, 1);
    }

    @Test
    void findsMoreThanWasSent() {
        LineOracle.Verdict verdict = judge(5, "a", "b", "c", "d", "e", "f");
        assertVerdict(verdict, 6, 0, 1);
        assertEquals(
                "place 5 is past the end and holds 1 bytes 'f'",
                verdict.firstWrong().orElseThrow());
    }

    @Test
    void namesTheFirstWrongPlace() {
        LineOracle.Verdict verdict = judge(5, "a", "B", "c", "D");
        assertEquals(
                "place 1 holds 1 bytes 'B' instead of 1 bytes 'b'",
                verdict.firstWrong().orElseThrow());
    }

    private static void assertVerdict(LineOracle.Verdict verdict, long recovered, long lost, long invented) {
        assertFalse(verdict.holds());
        assertEquals(recovered, verdict.recovered());
        assertEquals(lost, verdict.lost());
        assertEquals(invented, verdict.invented());
    }

    private static LineOracle.Verdict judge(long acknowledged, String... recovered) {
        return new LineOracle(SENT).judge(acknowledged, bytes(recovered).iterator());
    }

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
