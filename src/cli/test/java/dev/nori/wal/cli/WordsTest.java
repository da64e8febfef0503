package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"17,17", "17B,17", "1k,1024", "1KiB,1024", "64MiB,67108864", "64m,67108864", "2 GiB,2147483648"})
    void sizesAreInBinaryUnits(String text, long bytes) {
        assertEquals(bytes, new Sizes().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5MiB", "64MB", "1 PiB", "999999999999TiB"})
    void sizesThatAreNoneAreRefused(String text) {
        assertThrows(TypeConversionException.class, () -> new Sizes().convert(text));
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1258291,1.2 MiB", "5368709120,5.0 GiB"})
    void sizesReadWell(long bytes, String text) {
        assertEquals(text, Sizes.inWords(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "batch:5ms", "batch:1000ms", "batch:250us", "os"})
    void policiesGoBothWays(String text) {
        assertEquals(text, Policies.inWords(new Policies().convert(text)));
    }

    @Test
    void policiesMayCountInSeconds() {
        assertEquals(FsyncPolicy.batch(Duration.ofSeconds(1)), new Policies().convert("batch:1s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Always", "never", "batch", "batch:", "batch:5", "batch:0ms", "batch:2s", "batch:-1ms"})
    void policiesThatAreNoneAreRefused(String text) {
        assertThrows(TypeConversionException.class, () -> new Policies().convert(text));
    }

    @Test
    void enginesGoBothWays() {
        for (IoMode mode : IoMode.values()) {
            assertEquals(mode, new Engines().convert(Engines.inWords(mode)));
        }
    }

    @Test
    void jsonEscapesWhatItMust() {
        assertEquals(
                "{\"a\\\"b\":\"\\\\\\n\\r\\t\\u0000\\u001f \u007f\u00e9\ud83d\ude00\"}",
                new Json()
                        .with("a\"b", "\\\n\r\t\0\u001f \u007f\u00e9\ud83d\ude00")
                        .toString());
    }

    @Test
    void jsonKeepsTheOrderItIsTold() {
        Json inner = new Json().withUnsigned("term", -1).with("rate", 1.5);
        assertEquals(
                "{\"n\":-3,\"yes\":true,\"in\":{\"term\":18446744073709551615,\"rate\":1.500}}",
                new Json().with("n", -3).withTrue("yes").with("in", inner).toString());
    }

    @Test
    void jsonMayBeEmpty() {
        assertEquals("{}", new Json().toString());
    }
}
