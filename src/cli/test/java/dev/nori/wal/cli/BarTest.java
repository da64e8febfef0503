package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BarTest {
    private final Bar bar = new Bar();

    @Test
    void isEmptyInTheBeginning() {
        assertEquals("[------------------------------]   0%         0 B/s      0 s left", bar.text(0.2));
    }

    @Test
    void showsHowMuchIsDoneHowFastAndHowLongItTakes() {
        bar.at(1L << 30, 4L << 30);
        assertEquals("[#######-----------------------]  25%   512.0 MiB/s      6 s left", bar.text(2));
    }

    @Test
    void isFullInTheEnd() {
        bar.at(10, 10);
        assertEquals("[##############################] 100%         1 B/s      0 s left", bar.text(10));
    }
}
