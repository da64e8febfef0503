package dev.nori.wal.crash.fault;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import java.time.Duration;
import java.util.List;

/** A policy and an engine. */
record Setting(FsyncPolicy policy, IoMode io) {
    private static final List<FsyncPolicy> POLICIES =
            List.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os());
    private static final List<IoMode> ENGINES = List.of(IoMode.BUFFERED, IoMode.DIRECT, IoMode.NIO);

    /** How many there are. */
    static final int COUNT = POLICIES.size() * ENGINES.size();

    /** One after the other. */
    static Setting ofTrial(int trial) {
        int turn = trial % COUNT;
        return new Setting(POLICIES.get(turn / ENGINES.size()), ENGINES.get(turn % ENGINES.size()));
    }
}
