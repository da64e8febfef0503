package dev.nori.wal.explore;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalReader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.CrashPoint;
import dev.nori.wal.io.sim.CrashStates;
import dev.nori.wal.io.sim.Fingerprint;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.recover.Recovered;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Crashes a script at every moment in every legal way, recovers, and holds what comes back against what had been promised.
 * Some of the recovered logs are crashed once more: during their recovery, or after having gone on.
 */
public final class Explorer {
    private static final int STATES_PER_SECOND_CRASH = 2;

    private final long statesPerPoint;
    private final int secondCrashEvery;
    private final List<String> findings = new ArrayList<>();
    private final Map<Crash, Counts> counts = new EnumMap<>(Crash.class);
    private long states;
    private long moments;
    private long exhausted;
    private long recoveries;

    /**
     * An explorer.
     *
     * @param statesPerPoint how many states to take at a moment when there are more
     * @param secondCrashEvery every how many states to crash again; 0 for never
     */
    public Explorer(long statesPerPoint, int secondCrashEvery) {
        this.statesPerPoint = statesPerPoint;
        this.secondCrashEvery = secondCrashEvery;
    }

    /** What broke a promise, each with all that is needed to see it again. */
    public List<String> findings() {
        return findings;
    }

    /** What came of crashes of that kind. */
    public Counts counts(Crash crash) {
        return counts.getOrDefault(crash, Counts.NONE);
    }

    /** Crash states recovered from. */
    public long states() {
        return states;
    }

    /** Moments at which the log was crashed; one can be cut and killed at, and counts twice. */
    public long moments() {
        return moments;
    }

    /** Moments of which every legal state was recovered from. */
    public long exhausted() {
        return exhausted;
    }

    /** Explores a script on a disk of that kind; stops at the first finding. */
    public Explorer explore(Script script, SimOptions options, long seed) {
        SimDisk disk = new SimDisk(options);
        try {
            Rehearsal.run(script, disk);
        } catch (RuntimeException | AssertionError e) {
            findings.add("while it ran: %s; %s".formatted(e, script));
            return this;
        }
        explore(script, disk, 0, seed);
        return this;
    }

    /**
     * Explores a script that goes on where a power cut at the end of another one left the log; stops at the first finding.
     *
     * @param beginnings how many states of that power cut to go on from
     */
    public Explorer exploreTwice(Script first, long beginnings, Script second, SimOptions options, long seed) {
        SimDisk disk = Rehearsal.run(first, new SimDisk(options));
        CrashPoint end = disk.journal().last();
        Promise promise = end.lastNote(Promise.class).orElseThrow().after(Crash.POWER_CUT);
        CrashStates all = end.powerCuts(beginnings, seed);
        for (long i = 0; i < all.count() && findings.isEmpty(); i++) goOn(second, all, i, promise, seed);
        return this;
    }

    /** Explores a script that goes on after a kill at each moment of another one; stops at the first finding. */
    public Explorer exploreAfterEachKill(Script first, Script second, SimOptions options, long seed) {
        SimDisk disk = Rehearsal.run(first, new SimDisk(options));
        for (CrashPoint point : disk.journal().points()) {
            if (!findings.isEmpty()) break;
            Promise promise = point.lastNote(Promise.class).orElse(Promise.NONE).after(Crash.KILL);
            goOn(second, point.kills(2, seed), 0, promise, seed);
        }
        return this;
    }

    private void goOn(Script second, CrashStates all, long state, Promise promise, long seed) {
        SimDisk left = all.disk(state);
        left.note(promise);
        int begins = left.journal().size();
        try {
            Rehearsal.goOn(second, left, promise);
            explore(second, left, begins, seed);
        } catch (RuntimeException | AssertionError e) {
            findings.add("while it went on: %s; %s; %s".formatted(e, second, all.describe(state)));
        }
    }

    /** Explores what happened to a disk after that many events; stops at the first finding. */
    void explore(Script script, SimDisk disk, int firstEvent, long seed) {
        RecoveredLog log = new RecoveredLog(script);
        Verdicts verdicts = new Verdicts();
        int already = findings.size();
        for (int event = firstEvent; event <= disk.journal().size(); event++) {
            CrashPoint point = disk.journal().point(event);
            Promise promise = point.lastNote(Promise.class).orElse(Promise.NONE);
            for (Crash crash : Crash.values()) {
                CrashStates all = states(point, crash, statesPerPoint, seed);
                moments++;
                if (all.exhaustive()) exhausted++;
                explore(script, log, verdicts, crash, all, promise);
                if (findings.size() > already) return;
            }
        }
    }

    private static CrashStates states(CrashPoint point, Crash crash, long limit, long seed) {
        return switch (crash) {
            case KILL -> point.kills(limit, seed);
            case POWER_CUT -> point.powerCuts(limit, seed);
        };
    }

    private void explore(
            Script script, RecoveredLog log, Verdicts verdicts, Crash crash, CrashStates all, Promise promise) {
        for (long i = 0; i < all.count(); i++) {
            boolean again = secondCrashEvery > 0 && states % secondCrashEvery == 0;
            Fingerprint seen = again ? null : all.fingerprint(i);
            Outcome known = seen == null ? null : verdicts.outcome(seen, promise, crash);
            if (known != null) {
                holds(crash, known);
                continue;
            }
            SimDisk disk = all.disk(i);
            String where = again ? "%s; %s".formatted(script, all.describe(i)) : "";
            recoveries++;
            Outcome outcome = again ? open(script, crash, disk, promise) : look(log, crash, disk, promise);
            if (!holds(crash, outcome)) {
                findings.add("%s: %s; %s; %s".formatted(crash, outcome.wrong(), script, all.describe(i)));
                return;
            }
            if (seen != null) verdicts.add(seen, promise, outcome);
            if (again && !crashAgain(script, disk, promise.after(crash), where)) return;
        }
    }

    /** States of which no other moment had had the like, each recovered from. */
    public long recoveries() {
        return recoveries;
    }

    private boolean holds(Crash crash, Outcome outcome) {
        states++;
        counts.merge(crash, outcome.counts(), Counts::plus);
        return outcome.wrong() == null;
    }

    /** Crashes at a random moment of a recovery that went well, of the close behind it, and of what is appended then. */
    private boolean crashAgain(Script script, SimDisk disk, Promise promise, String before) {
        SplittableRandom random = new SplittableRandom(states);
        try {
            if (random.nextBoolean()) Rehearsal.goOn(script.continued(random), disk, promise);
        } catch (RuntimeException | AssertionError e) {
            findings.add("while it went on: %s; %s".formatted(e, before));
            return false;
        }
        List<CrashPoint> points = disk.journal().points();
        CrashPoint point = points.get(random.nextInt(points.size()));
        Crash crash = random.nextBoolean() ? Crash.KILL : Crash.POWER_CUT;
        Promise now = point.lastNote(Promise.class).orElse(promise);
        CrashStates all = states(point, crash, STATES_PER_SECOND_CRASH, states);
        for (long i = 0; i < all.count(); i++) {
            Outcome outcome = open(script, crash, all.disk(i), now);
            if (holds(crash, outcome)) continue;
            findings.add("%s: %s; %s, then %s".formatted(crash, outcome.wrong(), before, all.describe(i)));
            return false;
        }
        return true;
    }

    /** Recovers only. */
    private static Outcome look(RecoveredLog log, Crash crash, SimDisk disk, Promise promise) {
        int promised = promise.survivors(crash);
        disk.journal().stop();
        Comparison comparison = new Comparison(promise);
        try {
            Recovered found = log.recover(disk, comparison::visit);
            String wrong = promise.facts().wrong(found.control(), found.end());
            if (wrong != null) return Outcome.invented(promised, 0, wrong);
            return comparison.outcome(promised, found.nextSequence());
        } catch (IoFailure | RuntimeException | AssertionError e) {
            return Outcome.refused(promised, "refused: " + e);
        }
    }

    /** Opens the log, reads it, and closes it. */
    private static Outcome open(Script script, Crash crash, SimDisk disk, Promise promise) {
        int promised = promise.survivors(crash);
        disk.journal().restart();
        try (Wal wal = Rehearsal.open(disk.storage(), script, new SteppedCrew(), () -> 0)) {
            String wrong = promise.facts().wrong(wal);
            if (wrong != null) return Outcome.invented(promised, 0, wrong);
            Comparison comparison = new Comparison(promise);
            try (WalReader reader = wal.readFrom(wal.firstPosition())) {
                for (LogEntry entry : reader) comparison.visit(entry);
            }
            Outcome outcome = comparison.outcome(promised, wal.recovery().nextSequence());
            if (outcome.wrong() == null)
                disk.note(promise.recovered(outcome.records()).settledBy(wal));
            return outcome;
        } catch (RuntimeException | AssertionError e) {
            return Outcome.refused(promised, "refused: " + e);
        }
    }
}
