package dev.nori.wal.handoff;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for a position to be durable: a stack that callers push themselves on and the writer takes whole.
 * An interrupt does not end a wait; the thread keeps its flag.
 */
public final class Waiters {
    /** One waiting thread. It is on the stack until it is released. */
    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        final long position;

        @Nullable Waiter below;

        Waiter(long position) {
            this.position = position;
        }
    }

    private final AtomicReference<@Nullable Waiter> top = new AtomicReference<>();

    /**
     * The calling thread will be unparked once {@code position} is reached. It looks at the cursor after this call and before it
     * parks, and again whenever it wakes.
     */
    public void enter(long position) {
        push(new Waiter(position));
    }

    private void push(Waiter waiter) {
        Waiter below;
        do {
            below = top.get();
            waiter.below = below;
        } while (!top.compareAndSet(below, waiter));
    }

    /**
     * Wakes everybody who waits for no more than {@code position}; with {@code Long.MAX_VALUE} everybody.
     *
     * @return how many that were
     */
    public int release(long position) {
        int woken = 0;
        Waiter waiter = top.getAndSet(null);
        while (waiter != null) {
            Waiter below = waiter.below;
            if (waiter.position <= position) {
                LockSupport.unpark(waiter.thread);
                woken++;
            } else {
                push(waiter);
            }
            waiter = below;
        }
        return woken;
    }

    /** Whether nobody waits. */
    public boolean isEmpty() {
        return top.get() == null;
    }
}
