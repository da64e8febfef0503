package dev.nori.wal.bench.log;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.Tally;
import dev.nori.wal.bench.load.Whistle;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One thread that appends without waiting. The clock stops when the last future has completed. */
public record LogAsync(String name, WalConfig config, int recordBytes) implements Contender {
    /** So many appends may be under way; a caller has to stop somewhere. */
    private static final int IN_FLIGHT = 1 << 16;

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        try (Workplace place = Workplace.in(home)) {
            Tally tally;
            long before;
            try (Wal wal = RunIn.open(place.directory(), config)) {
                before = wal.nextSequence();
                long syncs = wal.stats().syncs();
                tally = Crowd.alone().run(time, whistle -> append(wal, whistle));
                if (wal.stats().syncs() == syncs) throw new AssertionError("nothing was synced");
            }
            LogCheck.holds(place.directory(), config, before + tally.operations());
            return Map.of(Metric.RECORDS_PER_SECOND, tally.perSecond());
        }
    }

    private long append(Wal wal, Whistle whistle) throws Exception {
        WalRecord[] records = LogRecords.of(recordBytes);
        InFlight window = new InFlight(IN_FLIGHT);
        long count = 0;
        for (; !whistle.isBlown(); count++) {
            CompletableFuture<Position> future = wal.appendAsync(records[(int) count & records.length - 1]);
            window.put(count, future);
        }
        window.awaitAll();
        return count;
    }
}
