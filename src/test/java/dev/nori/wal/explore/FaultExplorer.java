package dev.nori.wal.explore;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.io.sim.SimOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Lets each call of a script go wrong in turn. After each fault the log is held to what it promises, then crashed, and then
 * opened again on the disk as the kernel shows it: what is reported there must survive a power cut too.
 */
public final class FaultExplorer {
    private static final int MOST_CALLS = 10_000;

    private static final List<Step> AFTERWARDS =
            List.of(new Step.Append(200), new Step.Sync(), new Step.Append(5000), new Step.AppendDurably(10));

    private final Explorer explorer;
    private final Map<Ordeal.End, Integer> ends = new EnumMap<>(Ordeal.End.class);
    private final List<String> findings = new ArrayList<>();
    private int faults;

    /**
     * An explorer.
     *
     * @param statesPerPoint how many states to take at a moment when there are more
     */
    public FaultExplorer(long statesPerPoint) {
        this.explorer = new Explorer(statesPerPoint, 0);
    }

    /** What broke a promise, each with all that is needed to see it again. */
    public List<String> findings() {
        return findings;
    }

    /** Calls that went wrong. */
    public int faults() {
        return faults;
    }

    /** What came of crashes of that kind, after a fault. */
    public Counts counts(Crash crash) {
        return explorer.counts(crash);
    }

    /** What came of the faults, in words. */
    public Map<String, Integer> ends() {
        Map<String, Integer> words = new java.util.TreeMap<>();
        ends.forEach((end, count) ->
                words.put(end.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '), count));
        return words;
    }

    /**
     * Lets the calls of a script go wrong, from the opening of the log to its close; stops at the first finding.
     *
     * @param fault how; which one is chosen here
     */
    public FaultExplorer explore(Script script, SimOptions options, Fault fault, long seed) {
        for (int nth = 1; nth < MOST_CALLS && findings.isEmpty(); nth++) {
            SimDisk disk = new SimDisk(options);
            disk.note(Promise.NONE);
            if (!fails(script, disk, Promise.NONE, fault.at(nth), seed)) break;
        }
        return this;
    }

    /** Lets the calls of a recovery go wrong, of a log that was killed after the script. */
    public FaultExplorer exploreRecovery(Script script, SimOptions options, Fault fault, long seed) {
        for (int nth = 1; nth < MOST_CALLS && findings.isEmpty(); nth++) {
            SimDisk disk = Rehearsal.run(script, new SimDisk(options));
            Promise promise = disk.journal().last().lastNote(Promise.class).orElseThrow();
            disk.kill();
            if (!fails(script.with(List.of(new Step.Append(10))), disk, promise, fault.at(nth), seed)) break;
        }
        return this;
    }

    /** False if the fault hit nothing any more. */
    private boolean fails(Script script, SimDisk disk, Promise before, Fault fault, long seed) {
        String where = "%s; %s; %s".formatted(fault, script, disk.options());
        int from = disk.journal().size();
        FaultyStorage storage = new FaultyStorage(disk.storage());
        storage.inject(fault);
        Ordeal ordeal = new Ordeal(script, disk, storage, before);
        try {
            Ordeal.End end = ordeal.run();
            if (storage.hits() == 0) return false;
            faults++;
            ends.merge(end, 1, Integer::sum);
            if (!isFull(fault)) ordeal.checkToldOf(end);
            if (isRefusedSpace(fault) && end == Ordeal.End.FAILED)
                throw new AssertionError("a full disk was taken for a failure");
            crash(script, disk, from, seed, where);
            int reopened = disk.journal().size();
            Rehearsal.goOn(script.with(AFTERWARDS), disk, ordeal.promise());
            crash(script, disk, reopened, seed, "opened again after " + where);
        } catch (RuntimeException | AssertionError e) {
            findings.add("%s; %s; calls: %s".formatted(e, where, lastOf(storage.trace())));
        }
        return true;
    }

    private static boolean isFull(Fault fault) {
        return fault.effect() instanceof Fault.Effect.Fail fail && fail.kind() == IoFailure.Kind.FULL;
    }

    /** Whether it is only space for what is not written yet that is refused. */
    private static boolean isRefusedSpace(Fault fault) {
        return isFull(fault) && EnumSet.of(Call.CREATE, Call.ALLOCATE).containsAll(fault.calls());
    }

    private void crash(Script script, SimDisk disk, int from, long seed, String where) {
        explorer.explore(script, disk, from, seed);
        explorer.findings().forEach(finding -> findings.add(finding + "; " + where));
    }

    private static List<String> lastOf(List<String> trace) {
        return trace.subList(Math.max(0, trace.size() - 12), trace.size());
    }
}
