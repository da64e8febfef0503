package dev.nori.wal.bench.headline;

import dev.nori.wal.bench.bare.GroupCommitLoop;
import dev.nori.wal.bench.bare.NioLoop;
import dev.nori.wal.bench.bare.OverwriteLoop;
import dev.nori.wal.bench.bare.SyncBy;
import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.ThreadKind;
import dev.nori.wal.bench.log.LogAppends;
import dev.nori.wal.bench.log.LogAsync;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Goal;
import dev.nori.wal.bench.study.Metric;
import dev.nori.wal.bench.study.Study;
import java.util.List;

/** Appends that are durable when they return. */
final class DurableRows {
    private static final int GROUP_RECORD_BYTES = 1024;

    private DurableRows() {}

    static Study oneThread(int bytes, Effort effort) {
        OverwriteLoop buffered = new OverwriteLoop(SyncBy.FDATASYNC, bytes);
        OverwriteLoop direct = new OverwriteLoop(SyncBy.RWF_DSYNC, bytes);
        NioLoop nio = new NioLoop(bytes);
        String work = "Always, 1 thread, " + Names.size(bytes);
        return Study.of(
                "always-1-" + bytes,
                work,
                List.of(buffered, direct, nio, log(bytes, Crowd.alone())),
                effort.time(),
                effort.rounds(),
                List.of(
                        rate(work, 0.95, List.of(buffered.name(), direct.name())),
                        rate(work, 1.3, List.of(nio.name()))));
    }

    static Study crowd(int threads, ThreadKind kind, Effort effort) {
        Crowd crowd = Names.crowd(threads, kind);
        Contender buffered = new GroupCommitLoop(SyncBy.FDATASYNC, GROUP_RECORD_BYTES, crowd);
        Contender direct = new GroupCommitLoop(SyncBy.RWF_DSYNC, GROUP_RECORD_BYTES, crowd);
        String work = "Always, %d %s threads, 1 KiB".formatted(threads, Names.kind(kind));
        return Study.of(
                "always-%d-%s".formatted(threads, Names.kind(kind)),
                work,
                List.of(buffered, direct, log(GROUP_RECORD_BYTES, crowd)),
                effort.time(),
                effort.rounds(),
                List.of(rate(work, 1.0, List.of(buffered.name(), direct.name()))));
    }

    static Study async(Effort effort) {
        String work = "Always, async, 1 thread, 128 B";
        return Study.of(
                "always-async",
                work,
                List.of(new LogAsync(Names.LOG, Names.ALWAYS, 128)),
                effort.time(),
                effort.rounds(),
                List.of(new Goal.AtLeast(work, Names.LOG, Metric.RECORDS_PER_SECOND, 1_000_000)));
    }

    private static Contender log(int bytes, Crowd crowd) {
        return new LogAppends(Names.LOG, Names.ALWAYS, bytes, crowd, LogAppends.Timing.EACH);
    }

    private static Goal rate(String work, double factor, List<String> baselines) {
        return new Goal.AtLeastTimes(work, Names.LOG, Metric.RECORDS_PER_SECOND, factor, baselines);
    }
}
