package dev.nori.wal.peers;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who keeps the promise of a sync every five milliseconds: a thread beside the peer, as its users do, or the peer itself. */
final class Syncing implements AutoCloseable {
    private static final long EVERY_MILLIS = 5;

    private final Promise promise;
    private final Peer peer;
    private final @Nullable ScheduledExecutorService clock;
    private final @Nullable ScheduledFuture<?> ticking;

    private Syncing(Promise promise, Peer peer, @Nullable ScheduledExecutorService clock) {
        this.promise = promise;
        this.peer = peer;
        this.clock = clock;
        this.ticking = clock == null
                ? null
                : clock.scheduleWithFixedDelay(this::tick, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static Syncing of(PeerKind kind, Promise promise, Peer peer) {
        boolean ticks = promise == Promise.SOON && !kind.syncsByItself();
        return new Syncing(promise, peer, ticks ? Executors.newSingleThreadScheduledExecutor() : null);
    }

    private void tick() {
        try {
            peer.sync();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Inside the measured time: what was promised for soon is made durable, and a sync that failed is seen. */
    void finish() throws Exception {
        if (promise != Promise.SOON) return;
        stopTicking();
        peer.sync();
    }

    private void stopTicking() throws InterruptedException, ExecutionException {
        if (clock == null || ticking == null) return;
        if (ticking.isDone()) ticking.get();
        clock.shutdown();
        if (!clock.awaitTermination(1, TimeUnit.MINUTES)) throw new IllegalStateException("a sync does not end");
    }

    @Override
    public void close() {
        if (clock != null) clock.shutdownNow();
    }
}
