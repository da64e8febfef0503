package dev.nori.wal.append;

import dev.nori.wal.handoff.Idle;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.handoff.WriterRole;

/**
 * Where a caller waits until a position is durable, or written. A platform thread that comes when nobody is writing does the
 * writing itself; everybody else sleeps and is woken. An interrupt does not end the wait, and is not lost.
 */
public final class DurableGate {
    private static final long NAP_NANOS = 20_000_000;

    private final Stage stage;
    private final WriterRole writer;
    private final Idle idle;

    /** A gate of that stage. */
    public DurableGate(Stage stage, WriterRole writer, Idle idle) {
        this.stage = stage;
        this.writer = writer;
        this.idle = idle;
    }

    /**
     * Returns once everything before {@code end} is durable; asks for the sync.
     *
     * @throws dev.nori.wal.WalException.Failed if it never will be
     */
    public void awaitDurable(long end) {
        if (stage.durable() >= end) return;
        stage.wantSync(end);
        if (lead(end)) return;
        if (!writer.isLed()) stage.writerBell().ring();
        boolean interrupted = false;
        stage.waiters().enter(end);
        try {
            for (int round = 0; stage.durable() < end; round++) {
                stage.failure().check();
                interrupted |= Thread.interrupted(); // or every park would return at once
                idle.idle(round, NAP_NANOS);
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private boolean lead(long end) {
        if (Thread.currentThread().isVirtual() || !writer.tryLead()) return false;
        try {
            boolean worked = true;
            while (worked && stage.durable() < end) worked = writer.doWork();
        } finally {
            writer.stopLeading();
        }
        return stage.durable() >= end;
    }

    /** Returns once everything before {@code end} is in the segment files. */
    public void awaitWritten(long end) {
        stage.wantFlush(end);
        boolean interrupted = false;
        try {
            for (int round = 0; stage.written() < end; round++) {
                stage.failure().check();
                stage.writerBell().ring();
                interrupted |= Thread.interrupted();
                idle.idle(round, NAP_NANOS / 100);
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
