package dev.nori.wal.codec;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/**
 * Things that are costly to make and good for one thread at a time. Bounded by what is lent at once, not by the number
 * of threads: virtual threads are many. More than fit are closed on return.
 */
final class Lending<T extends AutoCloseable> {
    private static final int MOST_IDLE = 2 * Runtime.getRuntime().availableProcessors();

    private final ArrayBlockingQueue<T> idle = new ArrayBlockingQueue<>(MOST_IDLE);
    private final Supplier<T> maker;

    Lending(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        T thing = idle.poll();
        return thing != null ? thing : maker.get();
    }

    void giveBack(T thing) {
        if (idle.offer(thing)) return;
        try {
            thing.close();
        } catch (Exception e) {
            throw new AssertionError("closing a context of a codec failed", e);
        }
    }
}
