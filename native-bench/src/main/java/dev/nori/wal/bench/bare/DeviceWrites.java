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

/** The device's bandwidth: 1 MiB after the other, {@code O_DIRECT}, over written blocks, one flush at the end. */
public record DeviceWrites() implements Contender {
    /** The name in every study. */
    public static final String NAME = "device, O_DIRECT 1 MiB";

    private static final int PIECE_BYTES = 1 << 20;
    private static final long FILE_BYTES = 512L << 20;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        try (Workplace place = Workplace.in(home);
                BareFile file =
                        WrittenFile.create(place.directory().resolve("bare"), FILE_BYTES, BareFile.Cache.DIRECT)) {
            Tally tally = Crowd.alone().run(time, whistle -> writeUntil(whistle, file), file::sync);
            return Map.of(Metric.BYTES_PER_SECOND, tally.perSecond() * PIECE_BYTES);
        }
    }

    private static long writeUntil(Whistle whistle, BareFile file) throws IOException {
        MemorySegment data = BareFile.aligned(PIECE_BYTES);
        MemorySegment.copy(new Texts(1).record(PIECE_BYTES), 0, data, JAVA_BYTE, 0, PIECE_BYTES);
        long count = 0;
        for (; !whistle.isBlown(); count++) file.write(data, count * PIECE_BYTES % FILE_BYTES);
        return count;
    }
}
