package dev.nori.wal.explore;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.sim.CrashPoint;
import dev.nori.wal.io.sim.CrashStates;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.io.sim.SimStorage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills the disk to the last byte between two steps of a script, between any two in turn. From then on a step is carried out or refused as
 * full, and nothing fails. The log is crashed, opened where there is no space still, and goes on once there is some.
 */
public final class FullDiskExplorer {
    private static final String BALLAST = "BALLAST";
    private static final int STATES = 4;

    private final List<String> findings = new ArrayList<>();
    private int refused;
    private int taken;
    private int crashes;

    /** An explorer that has seen nothing. */
    public FullDiskExplorer() {}

    /** What broke a promise. */
    public List<String> findings() {
        return findings;
    }

    /** Steps that were refused because the disk was full. */
    int refused() {
        return refused;
    }

    /** Steps that were carried out although it was. */
    int taken() {
        return taken;
    }

    /** How often a log was crashed on a full disk and opened there. */
    int crashes() {
        return crashes;
    }

    /** Explores a script on a disk that has a capacity, which is more than it needs; stops at the first finding. */
    public FullDiskExplorer explore(Script script, SimOptions options, long seed) {
        for (int full = 0; full <= script.steps().size() && findings.isEmpty(); full++) {
            String where = "full after %d steps; %s".formatted(full, script);
            try {
                run(script, new SimDisk(options), full, seed);
            } catch (IoFailure | RuntimeException | AssertionError e) {
                findings.add("%s; %s".formatted(e, where));
            }
        }
        return this;
    }

    private void run(Script script, SimDisk disk, int full, long seed) throws IoFailure {
        disk.note(Promise.NONE);
        Rehearsal log = new Rehearsal(script, disk, disk::storage, Promise.NONE);
        List<Step> steps = script.steps();
        steps.subList(0, full).forEach(log::perform);
        log.crew().settle();
        fill(disk.storage());
        for (Step step : steps.subList(full, steps.size())) attempt(log, step);
        log.perform(new Step.Settle());
        crash(script, disk.journal().last(), seed);
        log.perform(new Step.Sync());
        log.perform(new Step.Reopen());
        empty(disk.storage());
        log.perform(new Step.Append(300));
        for (Step step : steps) log.perform(step);
        log.perform(new Step.KillAndReopen());
        log.close();
    }

    private void attempt(Rehearsal log, Step step) {
        int before = log.promise().attempted().size();
        try {
            log.perform(step);
            log.perform(new Step.Settle());
            taken++;
        } catch (WalException.Full e) {
            log.takeBack(before);
            refused++;
        }
    }

    private static void fill(SimStorage storage) throws IoFailure {
        try (LogFile ballast = storage.create(BALLAST)) {
            ballast.allocate(storage.freeBytes());
            ballast.sync();
        }
        storage.syncDirectory();
        if (storage.freeBytes() > 0) throw new AssertionError(storage.freeBytes() + " bytes are free");
    }

    private static void empty(SimStorage storage) throws IoFailure {
        storage.delete(BALLAST);
        storage.syncDirectory();
    }

    private void crash(Script script, CrashPoint point, long seed) throws IoFailure {
        Promise promise = point.lastNote(Promise.class).orElseThrow();
        for (Crash crash : Crash.values()) {
            CrashStates all = crash == Crash.KILL ? point.kills(STATES, seed) : point.powerCuts(STATES, seed);
            for (long i = 0; i < all.count(); i++) {
                crashes++;
                String wrong = openFull(script, all.disk(i), promise, crash);
                if (wrong != null) throw new AssertionError("%s; %s".formatted(wrong, all.describe(i)));
            }
        }
    }

    /** The stage is not synced, and a power cut may take it: the log opens once there is space for another one, and has lost nothing. */
    private static @Nullable String openFull(Script script, SimDisk disk, Promise promise, Crash crash)
            throws IoFailure {
        try {
            return open(script, disk, promise, crash);
        } catch (WalException.Full e) {
            if (crash == Crash.KILL) throw e;
            empty(disk.storage());
            return open(script, disk, promise, crash);
        }
    }

    private static @Nullable String open(Script script, SimDisk disk, Promise promise, Crash crash) {
        Comparison comparison = new Comparison(promise);
        try (Wal wal = Rehearsal.open(disk.storage(), script, new SteppedCrew(), () -> 0);
                WalReader reader = wal.readFrom(wal.firstPosition())) {
            for (LogEntry entry : reader) comparison.visit(entry);
            return comparison
                    .outcome(promise.survivors(crash), wal.recovery().nextSequence())
                    .wrong();
        }
    }
}
