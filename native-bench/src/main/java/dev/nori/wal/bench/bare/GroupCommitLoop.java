package dev.nori.wal.bench.bare;

import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.Tally;
import dev.nori.wal.bench.load.Texts;
import dev.nori.wal.bench.load.Whistle;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The limit for many threads: the bare loop with a leader who writes for all who came. */
public record GroupCommitLoop(SyncBy sync, int recordBytes, Crowd crowd) implements Contender {
    private static final long FILE_BYTES = 128 << 20;

    @Override
    public String name() {
        return "bare group commit, " + sync.label();
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        try (Workplace place = Workplace.in(home);
                BareFile file = WrittenFile.create(place.directory().resolve("bare"), FILE_BYTES, sync.cache())) {
            Group group = new Group(file, FILE_BYTES, sync, crowd.threads(), recordBytes);
            Tally tally = crowd.run(time, whistle -> appendUntil(whistle, group));
            if (group.durable() != tally.operations()) {
                throw new AssertionError(group.durable() + " durable, not " + tally.operations());
            }
            return Map.of(Metric.RECORDS_PER_SECOND, tally.perSecond());
        }
    }

    private long appendUntil(Whistle whistle, Group group) throws Exception {
        byte[] record = new Texts(Thread.currentThread().hashCode()).record(recordBytes);
        long count = 0;
        for (; !whistle.isBlown(); count++) group.append(record);
        return count;
    }
}
