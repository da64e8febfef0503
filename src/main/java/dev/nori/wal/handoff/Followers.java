package dev.nori.wal.handoff;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Readers that sleep at the end of the log until it moves. Who moves it pays one volatile read if nobody sleeps, and wakes one
 * of them if somebody does, however many there are: that one, the herald, wakes the others.
 *
 * <p>A follower says that it is about to sleep, then looks at the log once more; who moves the log does it the other way round, with
 * a volatile write in between on both sides. So one of them sees the other; every sleep has an end all the same.
 */
public final class Followers {
    private enum State {
        AWAKE,
        ASLEEP,
        /** Was woken, and has to wake the others: at once, or when it leaves. */
        HERALD
    }

    private final Set<Follower> sleepers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asleep = new AtomicBoolean(); // whether one was added since they were last woken

    /** Nobody follows yet. */
    public Followers() {}

    /** Tells the followers that the log moved; a volatile write must lie between that and this. */
    public void wake() {
        if (asleep.get()) wakeOne();
    }

    private void wakeOne() {
        asleep.getAndSet(false);
        for (Follower follower : sleepers) {
            if (follower.appoint()) return;
        }
    }

    /** Wakes every one of them. */
    public void wakeAll() {
        asleep.getAndSet(false);
        sleepers.forEach(Follower::wakeUp);
    }

    /** How many sleep, or are about to. */
    public int count() {
        return sleepers.size();
    }

    /** One reader. It serves one thread at a time; {@link #wakeUp} may be called by any. */
    public final class Follower {
        private final AtomicReference<State> state = new AtomicReference<>(State.AWAKE);
        private volatile @Nullable Thread thread;

        /** A follower that is awake. */
        public Follower() {}

        /** The calling thread is about to sleep. Look at the log between this and every sleep. */
        public void lieDown() {
            thread = Thread.currentThread();
            if (state.compareAndSet(State.HERALD, State.ASLEEP)) wakeAll();
            if (state.compareAndSet(State.AWAKE, State.ASLEEP)) sleepers.add(this);
            asleep.getAndSet(true);
        }

        /** The calling thread sleeps no more. */
        public void getUp() {
            sleepers.remove(this);
            if (state.getAndSet(State.AWAKE) == State.HERALD) wakeAll();
            thread = null;
        }

        /** Ends a sleep, or keeps the next one from beginning. */
        public void wakeUp() {
            LockSupport.unpark(thread);
        }

        /** Makes it the herald, unless it is up. */
        private boolean appoint() {
            if (state.compareAndSet(State.ASLEEP, State.HERALD)) {
                wakeUp();
                return true;
            }
            return state.get() == State.HERALD;
        }
    }
}
