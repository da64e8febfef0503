package dev.nori.wal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
    @Test
    void leavesAHoleWhereNothingWasPut() {
        Grid grid = new Grid();
        grid.put("a", "x", 1);
        grid.put("b", "y", 2);
        grid.put("a", "y", 3);
        assertEquals(List.of("x", "y"), grid.places());
        assertEquals(List.of(1., 3.), grid.series().get("a"));
        assertEquals(Arrays.asList(null, 2.), grid.series().get("b"));
    }
}
