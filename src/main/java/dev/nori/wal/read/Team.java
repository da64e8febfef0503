package dev.nori.wal.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that do one piece of work together, and end with it. The first failure is that of the work. */
final class Team {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Work that ends by itself, and soon once {@link #hasFailed}. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** Takes threads on, which begin at once. System calls pin the carrier of a virtual thread, so they are platform threads. */
    void hire(int count, String name, Work work) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("nori-wal-" + name + "-" + i)
                    .start(() -> attempt(work)));
        }
    }

    /** Does the work in the calling thread, as one of the team. */
    void attempt(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // told to end
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Whether the work is in vain. */
    boolean hasFailed() {
        return failure.get() != null;
    }

    /** Tells those to end who wait for something. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /** Returns once all have ended; throws the first failure. An interrupt does not end the wait, and is not lost. */
    void finish() {
        boolean interrupted = false;
        for (Thread thread : threads) interrupted |= join(thread);
        if (interrupted) Thread.currentThread().interrupt();
        Throwable first = failure.get();
        if (first != null) throw asUnchecked(first);
    }

    /** The same failure, to be thrown on. */
    static RuntimeException asUnchecked(Throwable failure) {
        if (failure instanceof Error error) throw error;
        if (failure instanceof RuntimeException unchecked) return unchecked;
        throw new AssertionError(failure);
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
