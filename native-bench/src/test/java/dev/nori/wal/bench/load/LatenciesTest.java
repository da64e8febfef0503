package dev.nori.wal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void mergeToThePercentilesOfAllValuesNotToTheMeanOfPercentiles() {
        Latencies latencies = new Latencies();
        Histogram quick = latencies.part();
        for (int i = 0; i < 9_990; i++) quick.recordValue(1_000);
        Histogram slow = latencies.part();
        for (int i = 0; i < 10; i++) slow.recordValue(1_000_000);
        Histogram all = latencies.merged();
        assertEquals(10_000, all.getTotalCount());
        assertEquals(1_000L, all.getValueAtPercentile(99.9));
        assertEquals(all.highestEquivalentValue(1_000_000), all.getValueAtPercentile(99.91));
    }
}
