package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final int LONGEST_BYTES = 1 << 20;

    @Test
    void endAtNewlines() throws IOException {
        assertEquals(List.of("one", "two"), lines("one\ntwo\n"));
    }

    @Test
    void includeALastOneWithoutANewline() throws IOException {
        assertEquals(List.of("one", "two"), lines("one\ntwo"));
    }

    @Test
    void mayBeEmpty() throws IOException {
        assertEquals(List.of("", "", "x", ""), lines("\n\nx\n\n"));
    }

    @Test
    void keepTheirCarriageReturns() throws IOException {
        assertEquals(List.of("one\r", "two"), lines("one\r\ntwo"));
    }

    @Test
    void areNoneInAnEmptyStream() throws IOException {
        assertEquals(List.of(), lines(""));
    }

    @Test
    void mayBeMuchLongerThanTheBuffer() throws IOException {
        String large = "x".repeat(LONGEST_BYTES);
        assertEquals(List.of("a", large, "b"), lines("a\n" + large + "\nb\n"));
    }

    @Test
    void areRefusedWhenTheyAreTooLong() {
        assertThrows(Lines.LineTooLong.class, () -> lines("x".repeat(2 * LONGEST_BYTES)));
    }

    @Test
    void areTheSameHoweverTheBytesArrive() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] content = new byte[random.nextInt(2_000)];
            for (int i = 0; i < content.length; i++)
                content[i] = (byte) (random.nextInt(8) == 0 ? '\n' : random.nextInt());
            assertEquals(cut(content), lines(new Trickle(content, random)), "seed " + seed);
        }
    }

    private static List<String> lines(String content) throws IOException {
        return lines(new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<String> lines(InputStream in) throws IOException {
        List<String> found = new ArrayList<>();
        Lines lines = new Lines(in, LONGEST_BYTES);
        while (lines.fill()) {
            for (MemorySegment line = lines.next(); line != null; line = lines.next()) {
                found.add(new String(line.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1));
            }
        }
        return found;
    }

    private static List<String> cut(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) lines.removeLast();
        return lines;
    }

    /** Gives a few bytes at a time. */
    private static final class Trickle extends ByteArrayInputStream {
        private final Random random;

        Trickle(byte[] content, Random random) {
            super(content);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, 1 + random.nextInt(20)));
        }
    }
}
