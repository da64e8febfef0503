package dev.nori.wal.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One thread of a {@link CrashWorker}: does one {@link Chore} after the other beside the writers. */
final class Caretaker {
    private static final long PATIENCE_MILLIS = 10;
    private static final int LONGEST_PAUSE_MILLIS = 6;

    private final List<Chore> chores = new ArrayList<>();
    private final Grounds grounds;
    private final Semaphore permits;

    Caretaker(Set<Upkeep> upkeep, Grounds grounds, Semaphore permits) {
        for (Upkeep kind : upkeep) add(kind);
        this.grounds = grounds;
        this.permits = permits;
    }

    private void add(Upkeep kind) {
        switch (kind) {
            case FOLLOW -> {} // the Follower's
            case TRUNCATE_BEFORE -> add(3, new Chore.TrimFront());
            case TRUNCATE_AFTER -> add(3, new Chore.CutEnd());
            case RESET -> add(1, new Chore.Discard());
            case CHECKPOINT -> add(3, new Chore.NoteCheckpoint());
            case METADATA -> add(3, new Chore.KeepMetadata());
        }
    }

    private void add(int times, Chore chore) {
        chores.addAll(Collections.nCopies(times, chore));
    }

    /** Each after its permit, until it is over. */
    void run(BooleanSupplier over) throws InterruptedException {
        if (chores.isEmpty()) return;
        while (!over.getAsBoolean()) {
            if (!permits.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) continue;
            chores.get(grounds.random().nextInt(chores.size())).once(grounds);
            TimeUnit.MILLISECONDS.sleep(grounds.random().nextInt(LONGEST_PAUSE_MILLIS));
        }
    }
}
