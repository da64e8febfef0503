package dev.nori.wal.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowersTest {
    private static final int STEPS = 20_000;
    private static final long TOO_LONG_NANOS = 20_000_000_000L;

    private final Followers followers = new Followers();
    private final AtomicLong end = new AtomicLong();
    private final AtomicLong overslept = new AtomicLong();

    private void follow() {
        Followers.Follower follower = followers.new Follower();
        for (long seen = 0; seen < STEPS; seen = end.get()) {
            follower.lieDown();
            if (end.get() == seen) sleep(seen);
            follower.getUp();
        }
    }

    private void sleep(long seen) {
        long began = System.nanoTime();
        LockSupport.parkNanos(TOO_LONG_NANOS);
        if (System.nanoTime() - began >= TOO_LONG_NANOS && end.get() > seen) overslept.incrementAndGet();
    }

    @Test
    void areAllWokenWheneverTheLogMoves() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) threads.add(Thread.ofPlatform().start(this::follow));
        for (int i = 0; i < 10; i++) threads.add(Thread.ofVirtual().start(this::follow));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < STEPS; i++) {
            end.incrementAndGet();
            followers.wake();
            if (random.nextInt(100) == 0) LockSupport.parkNanos(50_000); // so that some fall asleep
        }
        for (Thread thread : threads) thread.join();
        assertEquals(0, overslept.get(), "a follower slept although the log had moved");
        assertEquals(0, followers.count());
    }

    @Test
    void areWokenByTheHeraldEvenIfItLeaves() throws InterruptedException {
        Followers.Follower herald = followers.new Follower();
        herald.lieDown();
        Thread sleeper = Thread.ofPlatform().start(this::followOnce);
        while (followers.count() < 2 || sleeper.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
        end.incrementAndGet();
        while (sleeper.isAlive()) { // whichever of the two is appointed
            followers.wake();
            herald.getUp();
            herald.lieDown();
        }
        assertTrue(overslept.get() == 0);
        herald.getUp();
    }

    private void followOnce() {
        Followers.Follower follower = followers.new Follower();
        follower.lieDown();
        if (end.get() == 0) sleep(0);
        follower.getUp();
    }
}
