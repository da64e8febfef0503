package dev.nori.wal.append;

import dev.nori.wal.Position;
import dev.nori.wal.handoff.Doorbell;
import dev.nori.wal.handoff.Stage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The futures of asynchronous appends, in the order of the appends. Completed by one thread of its own, on which a callback
 * may block: that holds up later completions, never the log.
 */
public final class Completions {
    private static final long NAP_NANOS = 100_000_000;

    /** A future, and what must be durable, in the stage where it was put, before it completes. */
    private record Pending(CompletableFuture<Position> future, Position position, Stage stage, long durableEnd) {
        boolean isDurable() {
            return durableEnd <= stage.durable();
        }

        boolean hasFailed() {
            return stage.failure().isLatched();
        }
    }

    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final Doorbell bell = new Doorbell();

    /** No futures yet. */
    public Completions() {}

    /** Wakes the thread that completes. */
    public Doorbell bell() {
        return bell;
    }

    /** Whether a future is not completed yet. */
    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** A future to be completed once everything before {@code durableEnd} is durable. Called in the order of the appends. */
    CompletableFuture<Position> add(Position position, Stage stage, long durableEnd) {
        CompletableFuture<Position> future = new CompletableFuture<>();
        queue.add(new Pending(future, position, stage, durableEnd));
        return future;
    }

    /** Completes what may be completed; false if that was nothing. Only for the thread that completes. */
    public boolean doWork() {
        boolean worked = false;
        for (Pending next = queue.peek(); next != null; next = queue.peek()) {
            if (next.isDurable()) next.future().complete(next.position());
            else if (next.hasFailed())
                next.future().completeExceptionally(next.stage().failure().asException());
            else break;
            queue.remove(); // not before: whose append comes behind asks whether there is any
            worked = true;
        }
        return worked;
    }

    /** Sleeps until there may be something to complete: until the sync that the first one waits for, or until there is a first one. */
    public void rest() {
        Pending first = queue.peek();
        bell.wakeFrom(first == null ? 0 : Doorbell.NEVER);
        if (first != null) first.stage().waiters().enter(first.durableEnd());
        if (isReady(first)) bell.awake();
        else bell.sleep(NAP_NANOS);
    }

    private boolean isReady(@Nullable Pending first) {
        if (first == null) return !queue.isEmpty();
        return first.isDurable() || first.hasFailed();
    }
}
