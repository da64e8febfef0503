package dev.nori.wal.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** Threads that do the same work at the same time, for a time. */
public record Crowd(int threads, ThreadKind kind) {
    /** The work of one thread. */
    @FunctionalInterface
    public interface Work {
        /** Works until the whistle is blown and answers how many operations it did. */
        long until(Whistle whistle) throws Exception;
    }

    /** What to do when the whistle was blown and everybody stopped, still inside the measured time. */
    @FunctionalInterface
    public interface Finish {
        /** Nothing to finish. */
        Finish NOTHING = () -> {};

        /** Such as a sync of what was only written. */
        void run() throws Exception;
    }

    /** One platform thread. */
    public static Crowd alone() {
        return new Crowd(1, ThreadKind.PLATFORM);
    }

    /** Runs the work; the time counts until the last thread is done. The first failure of a thread is thrown. */
    public Tally run(Duration time, Work work) throws Exception {
        return run(time, work, Finish.NOTHING);
    }

    /** Runs the work and then the finish; the time counts until the end of that. */
    public Tally run(Duration time, Work work, Finish finish) throws Exception {
        Whistle whistle = new Whistle();
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<Long>> tasks = begin(work, whistle, start);
        long began = System.nanoTime();
        start.countDown();
        sleepUntil(began + time.toNanos());
        whistle.blow();
        long operations = sum(tasks);
        finish.run();
        return new Tally(operations, System.nanoTime() - began);
    }

    private List<FutureTask<Long>> begin(Work work, Whistle whistle, CountDownLatch start) {
        List<FutureTask<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            FutureTask<Long> task = new FutureTask<>(() -> {
                start.await();
                return work.until(whistle);
            });
            kind.builder().name("bench-" + i).start(task);
            tasks.add(task);
        }
        return tasks;
    }

    private static long sum(List<FutureTask<Long>> tasks) throws Exception {
        long operations = 0;
        try {
            for (FutureTask<Long> task : tasks) operations += task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            throw e;
        }
        return operations;
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
