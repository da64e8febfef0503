package dev.nori.wal.crash;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a writer acknowledged, read from the pipe it writes the numbers into: 1, 2, 3 and so on, one decimal to a line.
 *
 * <p>A number counts once its newline is there; what a killed writer left unfinished does not. The pipe is read to its
 * end, also after the writer is dead: what it wrote before is still in there.
 */
final class AckCounter implements PipeReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    // All guarded by lock.
    private long acknowledged;
    private long firstCount; // how many the first read brought
    private long firstNanos;
    private long lastNanos;
    private boolean ended;

    private long unfinished; // the digits so far of a number without its newline; the reading thread's own

    /**
     * {@inheritDoc}
     *
     * <p>A number out of turn makes no sense.
     */
    @Override
    public void readFrom(InputStream pipe) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            long seen = 0;
            for (int bytes = pipe.read(buffer); bytes >= 0; bytes = pipe.read(buffer)) {
                seen = numbers(buffer, bytes, seen);
                advanceTo(seen);
            }
        } finally {
            end();
        }
    }

    private long numbers(byte[] text, int bytes, long seenBefore) throws IOException {
        long seen = seenBefore;
        for (int i = 0; i < bytes; i++) {
            if (text[i] != '\n') {
                unfinished = unfinished * 10 + text[i] - '0';
                continue;
            }
            if (unfinished != seen + 1) throw new IOException("acknowledgement " + unfinished + " follows " + seen);
            seen = unfinished;
            unfinished = 0;
        }
        return seen;
    }

    private void advanceTo(long number) {
        lock.lock();
        try {
            lastNanos = System.nanoTime();
            if (firstCount == 0) {
                firstCount = number;
                firstNanos = lastNanos;
            }
            acknowledged = number;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until that many are acknowledged, or the pipe has ended.
     *
     * @return whether that many are acknowledged
     */
    boolean await(long count) throws InterruptedException {
        lock.lock();
        try {
            while (acknowledged < count && !ended) more.await();
            return acknowledged >= count;
        } finally {
            lock.unlock();
        }
    }

    /** Acknowledged so far. */
    long acknowledged() {
        lock.lock();
        try {
            return acknowledged;
        } finally {
            lock.unlock();
        }
    }

    /** Acknowledgements per second, between the first read of the pipe and the last; 0 if all came at once. */
    double perSecond() {
        lock.lock();
        try {
            long nanos = lastNanos - firstNanos;
            return nanos == 0 ? 0 : (acknowledged - firstCount) / (nanos / 1e9);
        } finally {
            lock.unlock();
        }
    }
}
