package dev.nori.wal.bugs;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Setting;
import dev.nori.wal.log.StillWorld;
import java.util.List;
import java.util.function.Function;

/** A log on a disk in memory that fails on order. Each open kills the process that had it open. */
final class SimulatedLog {
    private final SimDisk disk = new SimDisk();
    private FaultyStorage storage = new FaultyStorage(disk.storage());

    FaultyStorage storage() {
        return storage;
    }

    /** With threads of its own. */
    Wal open(Policy policy) {
        return open(policy, Function.identity());
    }

    Wal open(Policy policy, Function<WalConfig, WalConfig> change) {
        WalConfig config = change.apply(config(policy));
        return open(config, Surroundings.real(config));
    }

    /** Returns once the segment after the first is prepared: from then on no call is made behind the test's back. */
    void awaitPreparedSegment() throws InterruptedException {
        while (!isSegmentPrepared()) Thread.sleep(1);
    }

    private boolean isSegmentPrepared() {
        List<String> calls = storage.trace();
        int created = calls.indexOf("create " + SegmentName.of(1));
        return created >= 0 && calls.subList(created, calls.size()).contains("syncDirectory");
    }

    /** With workers that move only when the test waits for them. */
    Wal openStepped(Policy policy) {
        return open(config(policy), StillWorld.create());
    }

    Wal open(WalConfig config, Surroundings world) {
        disk.kill();
        disk.journal().restart();
        storage = new FaultyStorage(disk.storage());
        return Assembly.open(storage, config, world);
    }

    static WalConfig config(Policy policy) {
        return Setting.smallest().withFsyncPolicy(policy.fsync());
    }
}
