package dev.nori.wal.bench.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void hasTheMiddleValueAsItsMedian() {
        assertEquals(3, Series.median(List.of(9., 1., 3.)));
        assertEquals(2, Series.median(List.of(3., 1.)));
        assertTrue(Double.isNaN(Series.median(List.of())));
    }

    @Test
    void hasHalfItsRangeAsItsSpread() {
        assertEquals(0.2, Series.spread(List.of(8., 10., 12.)), 1e-9);
        assertEquals(0, Series.spread(List.of(5.)));
        assertEquals(0, Series.spread(List.of(0., 0.)));
    }
}
