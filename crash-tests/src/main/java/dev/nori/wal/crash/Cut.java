package dev.nori.wal.crash;

import dev.nori.wal.FsyncPolicy;
import java.time.Duration;
import java.util.function.Predicate;

/** How a process ended, and with it what the log owes under a policy. */
public sealed interface Cut {
    /** The process ended, by {@code kill -9} or by itself; the kernel lives on. */
    record Kill() implements Cut {}

    /**
     * The page cache, or the disk's cache too, is gone.
     *
     * @param before how far the ledger was before the cut was ordered
     * @param atNanos when the cut was ordered, on the clock of {@link System#nanoTime}
     * @param slack what a flush may take here: under {@code Batch} the age of what is lost is at most the window and this
     */
    record Power(AckLedger.Mark before, long atNanos, Duration slack) implements Cut {
        private boolean owes(FsyncPolicy policy, Ack ack) {
            if (ack.position() < before.durableEnd()) return true;
            if (ack.index() >= before.acks()) return false;
            return switch (policy) {
                case FsyncPolicy.Always always -> true;
                case FsyncPolicy.Batch batch ->
                    atNanos - ack.nanos() > batch.window().plus(slack).toNanos();
                case FsyncPolicy.Os os -> false;
            };
        }
    }

    /** Which acknowledged records must be back. */
    default Predicate<Ack> owed(FsyncPolicy policy) {
        return switch (this) {
            case Kill kill -> ack -> true;
            case Power power -> ack -> power.owes(policy, ack);
        };
    }
}
