package dev.nori.wal.cli;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Many appends are on their way at once, so that one sync covers many of them: right where an acknowledgement costs a
 * sync. A thread of its own waits for the oldest and reports it together with all that are there with it.
 */
final class Pipelined implements Appender {
    /** Appends on their way, at most. */
    private static final int WINDOW_LINES = 4096;

    private final Wal wal;
    private final Acks acks;
    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(WINDOW_LINES);
    private final Thread reporter = new Thread(this::report, "nori-wal-acks");

    /** The first failure; nothing is reported after it. */
    private volatile @Nullable Exception failure;

    /** What the reporter goes through, in the order of the lines. */
    private sealed interface Step {
        record Append(CompletableFuture<Position> acknowledgement) implements Step {
            boolean isAcknowledged() {
                return acknowledgement.state() == CompletableFuture.State.SUCCESS;
            }
        }

        record End() implements Step {}
    }

    Pipelined(Wal wal, Acks acks) {
        this.wal = wal;
        this.acks = acks;
        reporter.setDaemon(true);
        reporter.start();
    }

    @Override
    public void append(MemorySegment line) throws IOException {
        throwFailure();
        hand(new Step.Append(wal.appendAsync(WalRecord.put(NO_KEY, line))));
    }

    @Override
    public void finish() throws IOException {
        hand(new Step.End());
        try {
            reporter.join();
        } catch (InterruptedException e) {
            throw nobodyInterrupts(e);
        }
        throwFailure();
    }

    private void hand(Step step) {
        try {
            steps.put(step);
        } catch (InterruptedException e) {
            throw nobodyInterrupts(e);
        }
    }

    private void report() {
        try {
            while (steps.take() instanceof Step.Append oldest) report(oldest);
        } catch (InterruptedException e) {
            throw nobodyInterrupts(e);
        }
    }

    // After a failure the steps are still taken, so that nobody waits for room.
    private void report(Step.Append oldest) {
        if (failure != null) return;
        try {
            oldest.acknowledgement().join();
            acks.acknowledged(1 + takeWhatIsAcknowledged());
        } catch (CompletionException e) {
            failure = e.getCause() instanceof WalException cause ? cause : e;
        } catch (IOException e) {
            failure = e;
        }
    }

    private int takeWhatIsAcknowledged() {
        int lines = 0;
        while (steps.peek() instanceof Step.Append next && next.isAcknowledged()) {
            steps.remove();
            lines++;
        }
        return lines;
    }

    private void throwFailure() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new AssertionError(e);
        }
    }

    private static AssertionError nobodyInterrupts(InterruptedException e) {
        return new AssertionError("nobody interrupts the threads of a command", e);
    }
}
