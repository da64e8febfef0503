package dev.nori.wal.crash;

import dev.nori.wal.ReadBound;
import dev.nori.wal.Wal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** The threads of a {@link CrashWorker} that do not append: they work as long as somebody does. */
final class Attendants {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** Work that may be interrupted. */
    interface Work {
        void run() throws InterruptedException;
    }

    /** Who runs work, and knows what to do with what it throws. */
    interface Guard {
        Runnable around(Work work);
    }

    /** What each of them works until. */
    private interface Attendant {
        void run(BooleanSupplier over) throws InterruptedException;
    }

    private Attendants() {}

    /** Starts those that a workload asks for. */
    static Attendants start(Workload workload, Wal wal, Reporter reporter, Gate gate, Semaphore permits, Guard guard) {
        Attendants attendants = new Attendants();
        if (workload.upkeep().isEmpty()) return attendants;
        long life = workload.firstWriter() / Workload.WRITERS_APART;
        SplittableRandom random = new SplittableRandom(Seeds.mix(workload.log().seed(), -1_000_000L - life));
        if (workload.upkeep().contains(Upkeep.FOLLOW)) {
            ReadBound bound = random.nextBoolean() ? ReadBound.ACKNOWLEDGED : ReadBound.DURABLE;
            attendants.start(new Follower(wal, reporter, gate, workload.log().seed(), bound)::run, guard);
        }
        Grounds grounds = new Grounds(wal, reporter, gate, random, life);
        attendants.start(new Caretaker(workload.upkeep(), grounds, permits)::run, guard);
        return attendants;
    }

    private void start(Attendant attendant, Guard guard) {
        threads.add(Thread.ofPlatform().start(guard.around(() -> attendant.run(() -> over))));
    }

    /** Lets them come to the end of what they are at, and waits for that. */
    void dismiss() throws InterruptedException {
        over = true;
        for (Thread thread : threads) thread.join();
    }
}
