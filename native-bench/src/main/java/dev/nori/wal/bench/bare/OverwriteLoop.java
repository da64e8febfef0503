package dev.nori.wal.bench.bare;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.Tally;
import dev.nori.wal.bench.load.Texts;
import dev.nori.wal.bench.load.Whistle;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The limit for one thread: a bare loop that makes one record after the other durable, in blocks written before. */
public record OverwriteLoop(SyncBy sync, int recordBytes) implements Contender {
    private static final long FILE_BYTES = 64 << 20;

    @Override
    public String name() {
        return "bare " + sync.label();
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        try (Workplace place = Workplace.in(home);
                BareFile file = WrittenFile.create(place.directory().resolve("bare"), FILE_BYTES, sync.cache())) {
            Tally tally = Crowd.alone().run(time, whistle -> loop(file, whistle));
            return Map.of(Metric.RECORDS_PER_SECOND, tally.perSecond());
        }
    }

    private long loop(BareFile file, Whistle whistle) throws IOException {
        long bytes = sync.writtenBytes(recordBytes);
        MemorySegment data = BareFile.aligned(bytes);
        MemorySegment.copy(new Texts(1).record(recordBytes), 0, data, JAVA_BYTE, 0, recordBytes);
        long count = 0;
        for (long offset = 0; !whistle.isBlown(); offset += bytes, count++) {
            if (offset + bytes > FILE_BYTES) offset = 0;
            sync.write(file, data, offset);
        }
        return count;
    }
}
