package dev.nori.wal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoChoiceTest {
    private final Packer packer = new Packer();
    private final Random random = new Random(11);

    private Compression store(byte[] value) {
        return Stored.store(packer, WalRecord.put(new byte[0], value).compressed(Compression.AUTO))
                .used();
    }

    private byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] text(int bytes) {
        return "all work and no play "
                .repeat(1 + bytes / 21)
                .substring(0, bytes)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"0, NONE", "127, NONE", "128, LZ4", "16383, LZ4", "16384, ZSTD", "1000000, ZSTD"})
    void goesBySize(int bytes, Compression expected) {
        assertEquals(expected, store(text(bytes)));
    }

    @Test
    void storesWhatDoesNotSaveAnEighthAsItIs() {
        byte[] mostlyNoise = noise(2000);
        System.arraycopy(text(200), 0, mostlyNoise, 0, 200);
        assertEquals(Compression.NONE, store(mostlyNoise));
        WalRecord insisted = WalRecord.put(new byte[0], mostlyNoise).compressed(Compression.LZ4);
        assertEquals(Compression.LZ4, Stored.store(insisted).used(), "it does get smaller");
    }

    @Test
    void stopsTryingValuesThatDoNotCompressAndComesBack() {
        for (int i = 0; i < Payoff.PATIENCE; i++) assertEquals(Compression.NONE, store(noise(1000)));
        for (int i = 0; i < Payoff.FIRST_PAUSE; i++) assertEquals(Compression.NONE, store(text(1000)), "not tried");
        assertEquals(Compression.LZ4, store(text(1000)));
        assertEquals(Compression.LZ4, store(text(1000)));
    }

    @Test
    void knowsSizesApart() {
        for (int i = 0; i < Payoff.PATIENCE; i++) store(noise(1000));
        assertEquals(Compression.LZ4, store(text(5000)));
        assertEquals(Compression.NONE, store(text(1000)));
    }

    @Test
    void triesNoiseEverMoreSeldom() {
        Payoff payoff = new Payoff();
        int tries = 0;
        for (int i = 0; i < 100_000; i++) {
            if (!payoff.isWorthATry()) continue;
            tries++;
            payoff.missed();
        }
        int doublings = (int) IntStream.iterate(Payoff.FIRST_PAUSE, p -> p < Payoff.MOST_PAUSE, p -> 2 * p)
                .count();
        int expected = Payoff.PATIENCE + doublings + 100_000 / Payoff.MOST_PAUSE;
        assertTrue(Math.abs(tries - expected) <= 2, tries + " tries, about " + expected + " expected");
    }

    @Test
    void forgetsTheNoiseOnceSomethingPaid() {
        Payoff payoff = new Payoff();
        for (int i = 0; i < Payoff.PATIENCE - 1; i++) payoff.missed();
        payoff.paid();
        for (int i = 0; i < Payoff.PATIENCE - 1; i++) payoff.missed();
        assertTrue(payoff.isWorthATry());
    }
}
