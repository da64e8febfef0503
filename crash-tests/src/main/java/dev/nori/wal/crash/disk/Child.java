package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process and everything it has started. */
final class Child {
    private static final long KILL_LIMIT_SECONDS = 10;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    static Child start(ProcessBuilder command) throws IOException {
        return new Child(command.start());
    }

    Process process() {
        return process;
    }

    /** Waits for the end; false when it did not come in time, and then the child still runs. */
    boolean await(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@code kill -9} for the child alone. Its pipes stay open: {@link Process#destroyForcibly} would close them and lose their content. */
    void killAndKeepOutput() {
        process.toHandle().destroyForcibly();
    }

    /**
     * Kills the child and its descendants and waits until they are gone, so that none keeps the disk busy.
     *
     * @throws IOException if one is still there after ten seconds
     */
    void kill() throws IOException, InterruptedException {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        if (!process.waitFor(KILL_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("process " + process.pid() + " does not die");
        }
    }
}
