package dev.nori.wal.explore;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.CrashPoint;
import dev.nori.wal.io.sim.CrashStates;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.io.sim.SimOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Opens a log whose last segment is full on a disk that is full too, so that its generation begins only with the first append that finds space.
 * Crashes it before that append, opens it in the same way again, lets it append, crashes it, and does so once more: frames that
 * fill a sector each, so that those of one life go on where those of the next end, if both had the same generation.
 */
public final class LateBeginningExplorer {
    private static final Fault FULL = Fault.full(Call.CREATE, Call.ALLOCATE).fromThenOn();
    private static final int SECTOR_BYTES = 512;
    private static final int KEY_BYTES = 7; // numbers and serials have three digits once the log is full
    private static final int MOST_MARKS = 2; // of the open, and of the group behind it, where they are written
    private static final int RECORDS = 10;
    private static final int MORE = 2;

    private final long statesPerPoint;
    private final Explorer explorer;
    private final Explorer last;
    private final List<String> findings = new ArrayList<>();
    private int lateBeginnings;

    /**
     * An explorer.
     *
     * @param statesPerPoint how many states to take at a moment when there are more
     */
    public LateBeginningExplorer(long statesPerPoint) {
        this.statesPerPoint = statesPerPoint;
        this.explorer = new Explorer(statesPerPoint, 8);
        this.last = new Explorer(statesPerPoint, 0);
    }

    /** Where a log is opened, and whether it can have more space. */
    private static final class Space implements Supplier<Storage> {
        private final SimDisk disk;
        private boolean full;
        private FaultyStorage storage;

        Space(SimDisk disk) {
            this.disk = disk;
            this.storage = new FaultyStorage(disk.storage());
        }

        @Override
        public Storage get() {
            storage = new FaultyStorage(disk.storage());
            if (full) storage.inject(FULL);
            return storage;
        }

        void runOut() {
            full = true;
            storage.inject(FULL);
        }

        void isFreed() {
            full = false;
            storage.heal();
        }
    }

    /** What broke a promise, each with all that is needed to see it again. */
    public List<String> findings() {
        return findings;
    }

    /** How often a log was open without having begun its generation. */
    int lateBeginnings() {
        return lateBeginnings;
    }

    /** Crash states recovered from. */
    long states() {
        return explorer.states() + last.states();
    }

    /** Explores a log of such a script, whose steps do not matter; stops at the first finding. */
    public LateBeginningExplorer explore(Script script, SimOptions options, long seed) {
        SimDisk disk = new SimDisk(options);
        disk.note(Promise.NONE);
        try {
            Space space = new Space(disk);
            Rehearsal log = new Rehearsal(script, disk, space, Promise.NONE);
            space.runOut();
            fill(log);
            int closes = disk.journal().size();
            log.perform(new Step.Reopen());
            checkHasNotBegun(log);
            crash(script, disk, closes, seed);
            live(script, disk, seed);
        } catch (RuntimeException | AssertionError e) {
            findings.add("%s; %s".formatted(e, script));
        }
        return this;
    }

    /** Until not even the smallest record fits. */
    private static void fill(Rehearsal log) {
        for (int bytes : new int[] {9000, 0})
            while (isTaken(log, bytes)) log.crew().settle();
    }

    private static boolean isTaken(Rehearsal log, int bytes) {
        int before = log.promise().attempted().size();
        try {
            log.perform(new Step.Append(bytes));
            return true;
        } catch (WalException.Full e) {
            log.takeBack(before);
            return false;
        }
    }

    private void checkHasNotBegun(Rehearsal log) {
        if (isTaken(log, 0)) throw new AssertionError("there was room in the last segment");
        lateBeginnings++;
    }

    private void crash(Script script, SimDisk disk, int from, long seed) {
        explorer.explore(script, disk, from, seed);
        findings.addAll(explorer.findings());
    }

    /** Goes on where a crash before the first append has left it: twice, the second time after a power cut during the first one. */
    private void live(Script script, SimDisk unbegun, long seed) {
        CrashPoint end = unbegun.journal().last();
        for (Crash crash : Crash.values()) {
            CrashStates all = states(end, crash, 2, seed);
            for (int marks = 0; marks <= MOST_MARKS && findings.isEmpty(); marks++) {
                SimDisk first = all.disk(0);
                Space space = new Space(first);
                Rehearsal log = openWithoutSpace(script, first, space, promise(end, crash));
                checkHasNotBegun(log);
                space.isFreed();
                append(log, first, marks, 0);
                liveAgain(script, first.journal().last(), marks, seed, all.describe(0));
            }
        }
    }

    private void liveAgain(Script script, CrashPoint appended, int marks, long seed, String before) {
        CrashStates cuts = appended.powerCuts(statesPerPoint, seed);
        for (long i = 0; i < cuts.count() && findings.isEmpty(); i++) {
            SimDisk second = cuts.disk(i);
            Space space = new Space(second);
            Rehearsal log = openWithoutSpace(script, second, space, promise(appended, Crash.POWER_CUT));
            space.isFreed();
            int flushes = append(log, second, marks, MORE);
            last.explore(script, second, flushes, seed);
            for (String finding : last.findings()) {
                findings.add("%s; before: %s, then %s".formatted(finding, before, cuts.describe(i)));
            }
        }
    }

    private static Promise promise(CrashPoint point, Crash crash) {
        return point.lastNote(Promise.class).orElseThrow().after(crash);
    }

    private static CrashStates states(CrashPoint point, Crash crash, long limit, long seed) {
        return switch (crash) {
            case KILL -> point.kills(limit, seed);
            case POWER_CUT -> point.powerCuts(limit, seed);
        };
    }

    private static Rehearsal openWithoutSpace(Script script, SimDisk disk, Space space, Promise promise) {
        disk.note(promise);
        space.runOut();
        return new Rehearsal(script, disk, space, promise);
    }

    /** Frames that end with a sector each, behind so many marks. Answers after how many events the bytes began to go into the files. */
    private static int append(Rehearsal log, SimDisk disk, int marks, int more) {
        int valueBytes = SECTOR_BYTES - FrameLayout.HEADER_BYTES - KEY_BYTES;
        Step record = new Step.AppendAsync(valueBytes);
        log.perform(new Step.AppendAsync(valueBytes - marks * FrameLayout.MARK_BYTES));
        for (Step step : Collections.nCopies(RECORDS - 1, record)) log.perform(step);
        int flushes = disk.journal().size();
        log.perform(new Step.Flush());
        for (int i = 0; i < more; i++) {
            log.perform(record);
            log.perform(new Step.Flush());
        }
        return flushes;
    }
}
