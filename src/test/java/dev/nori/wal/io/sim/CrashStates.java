package dev.nori.wal.io.sim;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The disks a crash can leave, each a full {@link SimDisk} of its own: it can be written to, cut off again
 * during its recovery, and explored further.
 *
 * <p>The same point, limit and seed give the same states under the same numbers. Several threads may take
 * states at once.
 */
public interface CrashStates extends Iterable<SimDisk> {
    /** How many states are offered. */
    long count();

    /** How many are legal; {@link Long#MAX_VALUE} stands for more than that, or more than was counted. */
    long legal();

    /** Whether every legal state is offered. */
    default boolean exhaustive() {
        return count() >= legal();
    }

    /** A fresh disk in the state of that number. */
    SimDisk disk(long index);

    /**
     * What is on the disk of that number, without making it; null if that would not tell it from every other one. States of
     * other moments with the same fingerprint are the same to who recovers from them.
     */
    @Nullable Fingerprint fingerprint(long index);

    /** All that is needed to have the state again, in one line. */
    String describe(long index);

    /** Calls back for each state; a failure carries {@link #describe} with it. */
    default void forEachState(Consumer<SimDisk> check) {
        for (long i = 0; i < count(); i++) {
            try {
                check.accept(disk(i));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(describe(i), failure);
            }
        }
    }

    @Override
    default Iterator<SimDisk> iterator() {
        return new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                return next < count();
            }

            @Override
            public SimDisk next() {
                if (!hasNext()) throw new NoSuchElementException("state " + next);
                return disk(next++);
            }
        };
    }
}
