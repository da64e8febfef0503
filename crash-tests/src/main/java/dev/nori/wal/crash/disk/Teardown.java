package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What must be undone, last things first, whatever fails on the way.
 *
 * <p>While it is not closed, the same is done by force when the JVM shuts down.
 */
final class Teardown {
    /** One step back. */
    interface Step {
        void run() throws IOException;
    }

    private record Undo(Step orderly, Step forced) {}

    private final Deque<Undo> undos = new ArrayDeque<>();
    private final Thread hook = new Thread(this::forceQuietly, "crash-disk-cleanup");

    Teardown() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Registers a step whose orderly and forced ways are the same. */
    void add(Step step) {
        add(step, step);
    }

    /**
     * Registers a step.
     *
     * @param forced what to do when the JVM shuts down: must not wait for anybody
     */
    synchronized void add(Step orderly, Step forced) {
        undos.push(new Undo(orderly, forced));
    }

    /** Takes every step; throws the first failure, with the others suppressed, once all have been tried. */
    void close() throws IOException {
        forgetHook();
        @Nullable IOException failure = null;
        for (Undo undo = next(); undo != null; undo = next()) {
            failure = attempt(undo.orderly, failure);
        }
        if (failure != null) throw failure;
    }

    /** Takes every step by force because of a failure, which gets the steps' own ones as suppressed. */
    void closeAfter(Throwable cause) {
        forgetHook();
        IOException failure = force();
        if (failure != null) cause.addSuppressed(failure);
    }

    private void forceQuietly() {
        IOException failure = force();
        if (failure != null) System.err.println("crash disk not cleaned up: " + failure.getMessage());
    }

    private @Nullable IOException force() {
        @Nullable IOException failure = null;
        for (Undo undo = next(); undo != null; undo = next()) {
            failure = attempt(undo.forced, failure);
        }
        return failure;
    }

    private synchronized @Nullable Undo next() {
        return undos.poll();
    }

    private static @Nullable IOException attempt(Step step, @Nullable IOException earlier) {
        try {
            step.run();
            return earlier;
        } catch (IOException failure) {
            if (earlier == null) return failure;
            earlier.addSuppressed(failure);
            return earlier;
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and takes whatever steps we do not.
            return;
        }
    }
}
