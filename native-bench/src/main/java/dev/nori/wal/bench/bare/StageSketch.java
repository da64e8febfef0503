package dev.nori.wal.bench.bare;

import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.Tally;
import dev.nori.wal.bench.load.Texts;
import dev.nori.wal.bench.load.Whistle;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;

/**
 * The sketch of a stage: records are copied into a mapped ring behind a header of 16 bytes, without checksums, and
 * one thread writes the ring to the device with {@code O_DIRECT}, over written blocks. What a log with a stage could
 * reach if it did nothing else.
 */
public record StageSketch(int recordBytes) implements Contender {
    /** The name in every study. */
    public static final String NAME = "sketch of a stage";

    private static final int RECORDS = 1024;
    private static final long FILE_BYTES = 512L << 20;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        try (Workplace place = Workplace.in(home);
                Arena arena = Arena.ofShared();
                BareFile file =
                        WrittenFile.create(place.directory().resolve("bare"), FILE_BYTES, BareFile.Cache.DIRECT)) {
            SketchRing ring = SketchRing.map(place.directory().resolve("ring"), arena);
            Drainer drainer = new Drainer(ring, file, FILE_BYTES);
            FutureTask<Long> draining = new FutureTask<>(drainer);
            Thread.ofPlatform().name("sketch-writer").start(draining);
            Tally tally = Crowd.alone().run(time, whistle -> appendUntil(whistle, ring));
            drainer.stop();
            if (draining.get() < tally.operations() * recordBytes - SketchRing.BYTES) {
                throw new AssertionError("the ring was not drained");
            }
            return Map.of(
                    Metric.RECORDS_PER_SECOND,
                    tally.perSecond(),
                    Metric.BYTES_PER_SECOND,
                    tally.perSecond() * SketchRing.frameBytes(recordBytes));
        }
    }

    private long appendUntil(Whistle whistle, SketchRing ring) {
        byte[][] records = new Texts(1).records(RECORDS, recordBytes);
        long count = 0;
        for (; !whistle.isBlown(); count++) ring.append(records[(int) count & RECORDS - 1]);
        return count;
    }
}
