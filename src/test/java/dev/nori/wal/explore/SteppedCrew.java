package dev.nori.wal.explore;

import dev.nori.wal.assembly.Crew;
import dev.nori.wal.handoff.Idle;
import java.util.LinkedHashMap;
import java.util.Map;

/** Steps the workers in the calling thread: when a caller waits, and when the test says so. */
public final class SteppedCrew implements Crew {
    private static final int MOST_ROUNDS = 10_000;

    private final Map<String, Worker> workers = new LinkedHashMap<>();

    /** Nobody hired yet. */
    public SteppedCrew() {}

    @Override
    public Hired hire(String name, Worker worker) {
        workers.put(name, worker);
        return () -> {
            settle();
            workers.remove(name, worker);
        };
    }

    @Override
    public Idle idle() {
        return (round, nanos) -> {
            if (!step() && round > MOST_ROUNDS) throw new AssertionError("waits for what never happens");
        };
    }

    /** One step of each worker; false if none had anything to do. */
    public boolean step() {
        boolean worked = false;
        for (Worker worker : workers.values()) worked |= worker.doWork();
        return worked;
    }

    /** One step of one worker, while the others rest. */
    void stepOnly(String name) {
        Worker worker = workers.get(name);
        if (worker == null) throw new IllegalArgumentException("nobody was hired as " + name);
        worker.doWork();
    }

    /** Steps until there is nothing to do. */
    public void settle() {
        while (step()) Thread.onSpinWait();
    }
}
