package dev.nori.wal.peers;

import dev.nori.wal.bench.bare.GroupCommitLoop;
import dev.nori.wal.bench.bare.OverwriteLoop;
import dev.nori.wal.bench.bare.SyncBy;
import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.ThreadKind;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Goal;
import dev.nori.wal.bench.study.Metric;
import dev.nori.wal.bench.study.Study;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who does what, and by how much ours is asked to be ahead of the best of them. */
final class PeerStudies {
    private static final Duration TIME = Duration.ofMillis(1200);
    private static final int ROUNDS = 3;
    private static final String OURS = PeerKind.NORI_WAL.label();
    private static final List<String> OTHERS = Arrays.stream(PeerKind.values())
            .filter(kind -> kind != PeerKind.NORI_WAL)
            .map(PeerKind::label)
            .toList();

    private PeerStudies() {}

    static List<Study> all() {
        return Stream.concat(Stream.of(flushes()), Arrays.stream(Load.values()).map(PeerStudies::of))
                .toList();
    }

    private static Study flushes() {
        List<Contender> all = new ArrayList<>();
        for (PeerKind kind : PeerKind.values()) all.add(new FlushContender(kind));
        List<Goal> goals = Arrays.stream(PeerKind.values())
                .<Goal>map(kind -> new Goal.AtLeast(
                        "a durable append of " + kind.label() + " flushes", kind.label(), Metric.FLUSHES_PER_APPEND, 1))
                .toList();
        return Study.of("flushes", "flushes that reach the device for each durable append", all, TIME, 1, goals);
    }

    private static Study of(Load load) {
        List<Contender> all = new ArrayList<>(limits(load));
        for (PeerKind kind : PeerKind.values()) all.add(new PeerContender(kind, load));
        Goal ahead = new Goal.AtLeastTimes(load.title, OURS, Metric.RECORDS_PER_SECOND, factor(load), OTHERS);
        return Study.of(load.name().toLowerCase(Locale.ROOT), load.title, all, TIME, ROUNDS, List.of(ahead));
    }

    private static List<Contender> limits(Load load) {
        if (load.promise != Promise.DURABLE) return List.of();
        if (load.threads == 1) {
            return List.of(
                    new OverwriteLoop(SyncBy.FDATASYNC, load.recordBytes),
                    new OverwriteLoop(SyncBy.RWF_DSYNC, load.recordBytes));
        }
        Crowd crowd = new Crowd(load.threads, ThreadKind.PLATFORM);
        return List.of(
                new GroupCommitLoop(SyncBy.FDATASYNC, load.recordBytes, crowd),
                new GroupCommitLoop(SyncBy.RWF_DSYNC, load.recordBytes, crowd));
    }

    private static double factor(Load load) {
        return switch (load) {
            case DURABLE_1, DURABLE_64, LARGE_1 -> 1;
            case DURABLE_16 -> 1.3;
            case SOON_1, LATER_1 -> 4.5;
        };
    }
}
