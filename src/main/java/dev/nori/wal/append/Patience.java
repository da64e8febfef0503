package dev.nori.wal.append;

import dev.nori.wal.handoff.Idle;
import dev.nori.wal.handoff.Stage;

/** How the caller whose turn it is waits for the workers. An interrupt does not end the wait, and is not lost. */
final class Patience {
    private static final long WAIT_NANOS = 1_000_000;

    private final Stage stage;
    private final Idle idle;

    Patience(Stage stage, Idle idle) {
        this.stage = stage;
        this.idle = idle;
    }

    /**
     * Waits a little.
     *
     * @param round how often it was called before in this wait, from 0
     * @throws dev.nori.wal.WalException.Failed if what is waited for will never be
     */
    void await(int round) {
        stage.failure().check();
        boolean interrupted = Thread.interrupted(); // or every park would return at once
        idle.idle(round, WAIT_NANOS);
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** Returns once the ring has room up to {@code end}. */
    void awaitSpaceTo(long end) {
        if (stage.spaceAt(end) >= 0) return;
        stage.setSpaceWaiter(Thread.currentThread());
        try {
            stage.writerBell().ring();
            for (int round = 0; stage.spaceAt(end) < 0; round++) await(round);
        } finally {
            stage.setSpaceWaiter(null);
        }
    }
}
