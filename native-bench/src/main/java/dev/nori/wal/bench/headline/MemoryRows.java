package dev.nori.wal.bench.headline;

import dev.nori.wal.WalConfig;
import dev.nori.wal.bench.bare.DeviceWrites;
import dev.nori.wal.bench.bare.StageSketch;
import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.ThreadKind;
import dev.nori.wal.bench.log.LogAppends;
import dev.nori.wal.bench.log.LogBulk;
import dev.nori.wal.bench.log.LogPaced;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Goal;
import dev.nori.wal.bench.study.Metric;
import dev.nori.wal.bench.study.Study;
import java.util.List;

/** Appends that are safe from the end of the process when they return, and durable later. */
final class MemoryRows {
    private static final String LOG_OS = Names.LOG + ", Os";
    private static final String LOG_BATCH = Names.LOG + ", Batch 5 ms";
    private static final String TIMED = ", timed";
    private static final double RATE = 15_000_000;
    private static final double SLOWEST_MICROS = 300;

    // The device can be reached and not be passed: what is asked is its bandwidth, within what two runs differ by.
    private static final double OF_DEVICE = 0.95;

    // The smallest object has 16 bytes; what is left is the log's index, an entry for every 64 KiB.
    private static final double NO_OBJECT_BYTES = 1;

    private static final long NANOS_BETWEEN = 5_000;

    private MemoryRows() {}

    static Study small(Effort effort) {
        String work = "1 thread, 128 B, ";
        return Study.of(
                "memory-128",
                "Os and Batch, 1 thread, 128 B",
                List.of(
                        new StageSketch(128),
                        appends(LOG_OS, Names.OS, LogAppends.Timing.NONE),
                        appends(LOG_BATCH, Names.BATCH, LogAppends.Timing.NONE),
                        appends(LOG_OS + TIMED, Names.OS, LogAppends.Timing.EACH),
                        appends(LOG_BATCH + TIMED, Names.BATCH, LogAppends.Timing.EACH)),
                effort.time(),
                effort.rounds(),
                List.of(
                        new Goal.AtLeast("Os, " + work + "appends", LOG_OS, Metric.RECORDS_PER_SECOND, RATE),
                        new Goal.AtLeast("Batch, " + work + "appends", LOG_BATCH, Metric.RECORDS_PER_SECOND, RATE),
                        new Goal.AtMost(
                                "Os, " + work + "heap per append", LOG_OS, Metric.ALLOCATED_BYTES, NO_OBJECT_BYTES),
                        new Goal.AtMost(
                                "Batch, " + work + "heap per append",
                                LOG_BATCH,
                                Metric.ALLOCATED_BYTES,
                                NO_OBJECT_BYTES),
                        slowest("Os, " + work + "p99.99", LOG_OS),
                        slowest("Batch, " + work + "p99.99", LOG_BATCH)));
    }

    private static Goal slowest(String work, String subject) {
        return new Goal.AtMost(work, subject + TIMED, Metric.P99_99_MICROS, SLOWEST_MICROS);
    }

    private static Contender appends(String name, WalConfig config, LogAppends.Timing timing) {
        return new LogAppends(name, config, 128, Crowd.alone(), timing);
    }

    static Study twoThreads(Effort effort) {
        String one = Names.LOG + ", 1 thread";
        String two = Names.LOG + ", 2 threads";
        return Study.of(
                "memory-2-threads",
                "Os, 128 B, 1 and 2 threads",
                List.of(together(one, 1), together(two, 2)),
                effort.time(),
                effort.rounds(),
                List.of(new Goal.AtLeastTimes(
                        "Os, 2 threads, 128 B", two, Metric.RECORDS_PER_SECOND, 0.8, List.of(one))));
    }

    private static Contender together(String name, int threads) {
        Crowd crowd = Names.crowd(threads, ThreadKind.PLATFORM);
        return new LogAppends(name, Names.OS, 128, crowd, LogAppends.Timing.NONE);
    }

    static Study kibibyte(Effort effort) {
        return Study.of(
                "memory-1024",
                "Os and Batch, 1 thread, 1 KiB",
                List.of(
                        new DeviceWrites(),
                        new StageSketch(1024),
                        new LogBulk(LOG_OS, Names.OS, 1024),
                        new LogBulk(LOG_BATCH, Names.BATCH, 1024)),
                effort.time(),
                effort.rounds(),
                List.of(
                        ofDevice("Os, 1 thread, 1 KiB, sync at the end", LOG_OS, OF_DEVICE),
                        ofDevice("Batch, 1 thread, 1 KiB, sync at the end", LOG_BATCH, OF_DEVICE)));
    }

    static Study mebibyte(Effort effort) {
        WalConfig large = WalConfig.largeRecords();
        return Study.of(
                "large-records",
                "1 MiB records",
                List.of(new DeviceWrites(), new LogBulk(LOG_BATCH, large, 1 << 20)),
                effort.time(),
                effort.rounds(),
                List.of(ofDevice("Batch, 1 MiB records, sync at the end", LOG_BATCH, 0.9)));
    }

    private static Goal ofDevice(String work, String subject, double factor) {
        return new Goal.AtLeastTimes(work, subject, Metric.BYTES_PER_SECOND, factor, List.of(DeviceWrites.NAME));
    }

    static Study rolls(Effort effort) {
        String with = Names.LOG + ", 2 MiB segments";
        String without = Names.LOG + ", 1 GiB segment";
        return Study.of(
                "rolls",
                "200,000 appends a second of 128 B, with rolls and without",
                List.of(
                        new LogPaced(
                                without,
                                Names.BATCH.withMaxSegmentBytes(WalConfig.MAX_SEGMENT_BYTES),
                                128,
                                NANOS_BETWEEN,
                                0),
                        new LogPaced(with, Names.BATCH.withMaxSegmentBytes(2 << 20), 128, NANOS_BETWEEN, 5)),
                effort.time(),
                effort.rounds(),
                List.of(new Goal.AtMostTimes(
                        "p99.99 with rolls, 200k appends/s of 128 B", with, Metric.P99_99_MICROS, 2, without)));
    }
}
