package dev.nori.wal.assembly;

import dev.nori.wal.handoff.Idle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One platform thread for each worker, a daemon. System calls pin a virtual thread's carrier, so they are made here. */
final class ThreadCrew implements Crew {
    private final Idle idle = Idle.sleeping();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Override
    public Hired hire(String name, Worker worker) {
        Job job = new Job(name, worker);
        threads.add(job.thread);
        job.thread.start();
        return job;
    }

    @Override
    public Idle idle() {
        return idle;
    }

    @Override
    public boolean isAtWork() {
        return threads.contains(Thread.currentThread());
    }

    /** A worker and its thread. */
    private final class Job implements Hired {
        private final Thread thread;
        private final Worker worker;
        private volatile boolean dismissed;

        Job(String name, Worker worker) {
            this.worker = worker;
            this.thread = Thread.ofPlatform().name("nori-wal-" + name).daemon().unstarted(this::run);
        }

        private void run() {
            try {
                while (!dismissed) {
                    if (!worker.doWork() && !dismissed) worker.rest();
                }
                while (worker.doWork()) Thread.onSpinWait(); // what was due when it ended
            } finally {
                threads.remove(thread);
            }
        }

        /** A callback of a future may close the log: that thread is not waited for. */
        @Override
        public void dismiss() {
            dismissed = true;
            boolean interrupted = false;
            while (thread != Thread.currentThread() && thread.isAlive()) {
                worker.wake();
                try {
                    thread.join(1);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
