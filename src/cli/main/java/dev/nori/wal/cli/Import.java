package dev.nori.wal.cli;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One run from the first line to the last: reads, appends, and ends exactly once, at the end of the lines, at a
 * failure, or when the process is told to stop.
 *
 * <p>Two threads meet here: the one that reads and appends, and the one that stops. Reading may wait for ever, so it
 * holds no lock; everything that touches the log does.
 */
final class Import {
    private final Wal wal;
    private final FsyncPolicy policy;
    private final Lines lines;
    private final Acks acks;
    private final Consumer<Summary> report;
    private final Appender appender;
    private final long startNanos = System.nanoTime();

    private final ReentrantLock log = new ReentrantLock();
    private boolean ended; // guarded by log
    private volatile boolean stopping;

    /**
     * @param wal is this import's, which closes it
     * @param report hears what was done, once, after the log was closed in order; not if it failed
     */
    Import(Wal wal, FsyncPolicy policy, Lines lines, Acks acks, Consumer<Summary> report) {
        this.wal = wal;
        this.policy = policy;
        this.lines = lines;
        this.acks = acks;
        this.report = report;
        // An acknowledgement that costs a sync is worth sharing; one at memory speed is not worth a queue.
        this.appender = policy instanceof FsyncPolicy.Always ? new Pipelined(wal, acks) : new OneByOne(wal, acks);
    }

    /**
     * Brings every line into the log and ends.
     *
     * @throws IOException if the lines or the acknowledgements break off; the log is closed
     * @throws WalException if the log cannot take a line; it is closed
     */
    void run() throws IOException {
        try {
            appendAll();
        } catch (IOException | WalException e) {
            endAfter(e);
            throw e;
        }
        end();
    }

    /**
     * Waits for what is on its way, closes the log in order and reports what was done; nothing if that has happened
     * already. On return no other thread is at it any more. Throws like {@link #run}.
     */
    void end() throws IOException {
        stopping = true;
        log.lock();
        try {
            if (ended) return;
            ended = true;
            report.accept(close());
        } finally {
            log.unlock();
        }
    }

    private void appendAll() throws IOException {
        while (!stopping && lines.fill()) {
            log.lock();
            try {
                if (!ended) appendWhatIsThere();
            } finally {
                log.unlock();
            }
        }
    }

    private void appendWhatIsThere() throws IOException {
        for (MemorySegment line = lines.next(); line != null; line = stopping ? null : lines.next()) {
            appender.append(line);
        }
    }

    private Summary close() throws IOException {
        try (wal) {
            appender.finish();
            return Summary.of(wal, policy, acks.count(), System.nanoTime() - startNanos);
        }
    }

    private void endAfter(Exception failure) {
        log.lock();
        try {
            if (ended) return;
            ended = true;
            close();
        } catch (IOException | WalException second) {
            if (!second.equals(failure)) failure.addSuppressed(second);
        } finally {
            log.unlock();
        }
    }
}
