package dev.nori.wal.crash.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Reads what a workload acknowledges, on a thread of its own, until the pipe ends: what a killed one wrote before is still in there. */
final class AckPipe {
    private static final String ACK = "ACK ";
    private static final Duration END_LIMIT = Duration.ofSeconds(1);

    private final Child child;
    private final LongConsumer onAck;
    private final CountDownLatch firstAck = new CountDownLatch(1);
    private final Thread reader;
    private volatile boolean hasAck;
    private volatile long acknowledged; // written by the reader alone

    /** @param onAck told of each acknowledgement, on the reading thread */
    AckPipe(Child child, LongConsumer onAck) {
        this.child = child;
        this.onAck = onAck;
        this.reader = Thread.ofPlatform().daemon().name("workload's output").start(this::read);
    }

    /**
     * Waits for the first acknowledgement.
     *
     * @throws IOException if it does not come in time, or the workload ends before
     */
    void awaitFirst(Duration patience) throws IOException, InterruptedException {
        boolean inTime = firstAck.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!inTime || !hasAck) throw new IOException(noAck(patience));
    }

    private String noAck(Duration patience) throws InterruptedException {
        return !child.await(END_LIMIT)
                ? "the workload printed no line ACK n within " + patience.toSeconds() + " s"
                : "the workload ended with status " + child.process().exitValue() + " before its first line ACK n";
    }

    /** The largest number acknowledged so far; 0 if none. */
    long acknowledged() {
        return acknowledged;
    }

    /** Waits until the pipe has ended, as it does with the last process that holds it. */
    void awaitEnd() throws InterruptedException {
        reader.join();
    }

    private void read() {
        try (BufferedReader lines = child.process().inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) accept(line);
        } catch (IOException killed) {
            return; // the pipe of a process that is gone: all that came before has been read
        } finally {
            firstAck.countDown();
        }
    }

    private void accept(String line) {
        if (!line.startsWith(ACK)) return;
        try {
            acknowledged = Math.max(
                    acknowledged, Long.parseLong(line.substring(ACK.length()).strip()));
        } catch (NumberFormatException other) {
            return; // a line of the program's own that happens to begin like ours
        }
        onAck.accept(acknowledged);
        hasAck = true;
        firstAck.countDown();
    }
}
