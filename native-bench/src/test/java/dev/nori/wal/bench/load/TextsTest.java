package dev.nori.wal.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void areTheSameForTheSameSeed() {
        assertArrayEquals(new Texts(7).record(1000), new Texts(7).record(1000));
        assertFalse(Arrays.equals(new Texts(7).record(1000), new Texts(8).record(1000)));
    }

    @Test
    void differWithinOneSeedAndHaveTheSizeThatWasAskedFor() {
        byte[][] records = new Texts(1).records(3, 129);
        assertEquals(129, records[2].length);
        assertFalse(Arrays.equals(records[0], records[1]));
    }

    @Test
    void compressLikeTextBehindNoise() {
        byte[] record = new Texts(1).record(64 << 10);
        double noise = compressedShare(Arrays.copyOf(record, record.length / 2));
        double text = compressedShare(Arrays.copyOfRange(record, record.length / 2, record.length));
        assertTrue(noise > 0.99, "noise compresses to " + noise);
        assertTrue(text > 0.25 && text < 0.6, "text compresses to " + text);
    }

    private static double compressedShare(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        int bytes = deflater.deflate(new byte[2 * data.length]);
        deflater.end();
        return (double) bytes / data.length;
    }
}
