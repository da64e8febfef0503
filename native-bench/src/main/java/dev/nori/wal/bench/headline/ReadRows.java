package dev.nori.wal.bench.headline;

import dev.nori.wal.bench.bare.BareReads;
import dev.nori.wal.bench.log.LogOpen;
import dev.nori.wal.bench.log.LogReplay;
import dev.nori.wal.bench.log.PreparedLog;
import dev.nori.wal.bench.study.Goal;
import dev.nori.wal.bench.study.Metric;
import dev.nori.wal.bench.study.Study;
import java.nio.file.Path;
import java.util.List;

/** Replay and opening. */
final class ReadRows {
    private static final long SEGMENT_BYTES = 32L << 20;
    private static final String ONE = Names.LOG + ", 1 thread";
    private static final String TWO = Names.LOG + ", 2 threads";

    private ReadRows() {}

    static Study replayKibibyte(Effort effort) {
        PreparedLog log = new PreparedLog("log", 512L << 20, 1024, SEGMENT_BYTES);
        return new Study(
                "replay-1024",
                "replay, 1 KiB, warm",
                log,
                List.of(
                        new BareReads(log.folder(), BareReads.Warmth.WARM),
                        new LogReplay(ONE, log, BareReads.Warmth.WARM, 1),
                        new LogReplay(TWO, log, BareReads.Warmth.WARM, 2)),
                effort.time(),
                effort.rounds(),
                List.of(
                        new Goal.AtLeastTimes(
                                "replay 1 KiB, warm, 1 thread",
                                ONE,
                                Metric.BYTES_PER_SECOND,
                                0.8,
                                List.of(BareReads.NAME)),
                        new Goal.AtLeastTimes(
                                "replay 1 KiB, warm, 2 threads", TWO, Metric.BYTES_PER_SECOND, 1.8, List.of(ONE))));
    }

    static Study replaySmall(Effort effort) {
        PreparedLog log = new PreparedLog("log", 256L << 20, 128, SEGMENT_BYTES);
        return new Study(
                "replay-128",
                "replay, 128 B, warm",
                log,
                List.of(
                        new BareReads(log.folder(), BareReads.Warmth.WARM),
                        new LogReplay(ONE, log, BareReads.Warmth.WARM, 1)),
                effort.time(),
                effort.rounds(),
                List.of(new Goal.AtLeast("replay 128 B, warm, 1 thread", ONE, Metric.RECORDS_PER_SECOND, 5_000_000)));
    }

    static Study replayCold(Effort effort) {
        PreparedLog log = new PreparedLog("log", 512L << 20, 1024, SEGMENT_BYTES);
        return new Study(
                "replay-cold",
                "replay, 1 KiB, from the device",
                log,
                List.of(
                        new BareReads(log.folder(), BareReads.Warmth.COLD),
                        new LogReplay(ONE, log, BareReads.Warmth.COLD, 1)),
                effort.time(),
                effort.rounds(),
                List.of(new Goal.AtLeastTimes(
                        "replay 1 KiB, cold, 1 thread", ONE, Metric.BYTES_PER_SECOND, 0.9, List.of(BareReads.NAME))));
    }

    static Study open(Effort effort, long largeBytes) {
        PreparedLog small = new PreparedLog("small", 100L << 20, 1024, 128 << 20);
        PreparedLog large = new PreparedLog("large", largeBytes, 1024, 128 << 20);
        String opensSmall = Names.LOG + ", 100 MiB";
        String opensLarge = "%s, %d GiB".formatted(Names.LOG, largeBytes >> 30);
        return new Study(
                "open",
                "open and first durable append",
                home -> prepare(home, small, large),
                List.of(new LogOpen(opensSmall, small), new LogOpen(opensLarge, large)),
                effort.time(),
                3 * effort.rounds(),
                openGoals(opensSmall, opensLarge, largeBytes >> 30));
    }

    private static void prepare(Path home, PreparedLog small, PreparedLog large) {
        small.in(home);
        large.in(home);
    }

    private static List<Goal> openGoals(String small, String large, long gibibytes) {
        String work = "open, %d GiB, ".formatted(gibibytes);
        return List.of(
                new Goal.AtMost("open, 100 MiB, to the first durable append", small, Metric.MILLIS, 50),
                new Goal.AtMost(work + "to the first durable append", large, Metric.MILLIS, 50),
                new Goal.AtMostTimes(work + "time", large, Metric.MILLIS, 1.5, small),
                new Goal.AtMostTimes(work + "heap", large, Metric.ALLOCATED_BYTES, 1.5, small));
    }
}
