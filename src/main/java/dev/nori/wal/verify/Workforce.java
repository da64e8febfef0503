package dev.nori.wal.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Threads that take jobs one after the other; the calling one among them. The first failure ends the work and is thrown. */
final class Workforce {
    private final Supplier<Tools> tools;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** A job, done with the tools of the thread that takes it. */
    @FunctionalInterface
    interface Job {
        void run(Tools tools);
    }

    Workforce(Supplier<Tools> tools) {
        this.tools = tools;
    }

    /** Returns once all jobs are done and the threads have ended. An interrupt does not end them, and is not lost. */
    void run(List<Job> jobs, int threads) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, jobs.size()); i++) {
            others.add(Thread.ofPlatform().daemon().name("nori-wal-verify-" + i).start(() -> work(jobs)));
        }
        work(jobs);
        boolean interrupted = false;
        for (Thread thread : others) interrupted |= join(thread);
        if (interrupted) Thread.currentThread().interrupt();
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException unchecked -> throw unchecked;
            case Throwable other -> throw new AssertionError(other);
        }
    }

    private void work(List<Job> jobs) {
        try {
            Tools mine = tools.get();
            for (int i = next.getAndIncrement(); i < jobs.size() && failure.get() == null; i = next.getAndIncrement()) {
                jobs.get(i).run(mine);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
