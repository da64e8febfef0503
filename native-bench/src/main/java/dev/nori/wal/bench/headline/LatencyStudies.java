package dev.nori.wal.bench.headline;

import dev.nori.wal.IoMode;
import dev.nori.wal.WalConfig;
import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.ThreadKind;
import dev.nori.wal.bench.log.LogAppends;
import dev.nori.wal.bench.log.LogPaced;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Study;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The time of one append, for long enough that the 99.99th percentile means something. No goals: figures to look at. */
final class LatencyStudies {
    private static final Effort EFFORT = new Effort(Duration.ofSeconds(8), 3);
    private static final int RECORD_BYTES = 1024;

    private LatencyStudies() {}

    static List<Study> all() {
        return List.of(durable(1), durable(2), durable(16), durable(64), rolls());
    }

    private static Study durable(int threads) {
        List<Contender> contenders = new ArrayList<>();
        for (IoMode io : List.of(IoMode.DIRECT, IoMode.BUFFERED, IoMode.NIO)) {
            contenders.add(appends(io, Names.crowd(threads, ThreadKind.PLATFORM)));
        }
        contenders.add(appends(IoMode.DIRECT, Names.crowd(threads, ThreadKind.VIRTUAL)));
        return study("durable-" + threads, "Always, %d threads, 1 KiB".formatted(threads), contenders);
    }

    private static Contender appends(IoMode io, Crowd crowd) {
        String name = "%s, %s".formatted(io.name().toLowerCase(Locale.ROOT), Names.kind(crowd.kind()));
        return new LogAppends(name, Names.ALWAYS.withIo(io), RECORD_BYTES, crowd, LogAppends.Timing.EACH);
    }

    private static Study rolls() {
        return study(
                "paced",
                "Batch 5 ms, 200,000 appends a second of 128 B",
                List.of(
                        paced("no roll", WalConfig.MAX_SEGMENT_BYTES, 0),
                        paced("16 MiB segments", 16 << 20, 5),
                        paced("2 MiB segments", 2 << 20, 50)));
    }

    private static Contender paced(String name, long segmentBytes, int rolls) {
        return new LogPaced(name, Names.BATCH.withMaxSegmentBytes(segmentBytes), 128, 5_000, rolls);
    }

    private static Study study(String id, String title, List<Contender> contenders) {
        return Study.of(id, title, contenders, EFFORT.time(), EFFORT.rounds(), List.of());
    }
}
