package dev.nori.wal.bench.log;

import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.Tally;
import dev.nori.wal.bench.load.Whistle;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One thread that appends as fast as the device takes it; the clock stops when a sync at the end returned. */
public record LogBulk(String name, WalConfig config, int recordBytes) implements Contender {
    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        try (Workplace place = Workplace.in(home)) {
            Tally tally;
            long before;
            long bytes;
            try (Wal wal = RunIn.open(place.directory(), config)) {
                before = wal.nextSequence();
                bytes = wal.stats().bytes();
                tally = Crowd.alone().run(time, whistle -> append(wal, whistle), wal::sync);
                bytes = wal.stats().bytes() - bytes;
            }
            LogCheck.holds(place.directory(), config, before + tally.operations());
            return Map.of(
                    Metric.RECORDS_PER_SECOND,
                    tally.perSecond(),
                    Metric.BYTES_PER_SECOND,
                    tally.perSecond() * bytes / tally.operations());
        }
    }

    private long append(Wal wal, Whistle whistle) {
        byte[][] values = LogRecords.values(recordBytes);
        WalAppender appender = wal.appender();
        long count = 0;
        for (; !whistle.isBlown(); count++) appender.put(LogRecords.NO_KEY, values[(int) count & values.length - 1]);
        return count;
    }
}
