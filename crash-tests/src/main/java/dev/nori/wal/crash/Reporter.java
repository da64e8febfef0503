package dev.nori.wal.crash;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The child's side of the pipe. A report is one line, and is in the pipe when the call returns, except for the lines of a
 * listing, which are there with the line that ends it. {@link Transcript} is the other side and explains the lines.
 */
final class Reporter {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private long highestAcknowledged = -1;
    private long durableEnd;
    private long readEnd;

    Reporter(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /** A line of its own. */
    void say(String line) {
        lock.lock();
        try {
            put(line);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Everything that is in a log, with the line that ends it. */
    List<Entry> list(Wal wal, long seed) {
        List<Entry> back = new ArrayList<>();
        try (WalReader reader = wal.readFrom(wal.recovery().first())) {
            for (LogEntry next = reader.poll(); next != null; next = reader.poll()) {
                RecordContent.Seen seen = RecordContent.look(seed, next.record());
                Entry entry = new Entry(next.sequence(), next.position().bytes(), seen.id(), seen.intact());
                list(entry);
                back.add(entry);
            }
        }
        say(Transcript.LISTED + back.size());
        return back;
    }

    /** What the log threw, in one line. */
    void refuse(WalException e) {
        String named = e.getClass().getSimpleName() + ": " + oneLine(e);
        switch (e) {
            case WalException.Locked locked -> say("LOCKED " + oneLine(e));
            case WalException.Corrupt corrupt -> say("CORRUPT " + oneLine(e));
            case WalException.Failed failed -> say("FAILED " + oneLine(e));
            case WalException.Full full -> say("FAILED " + named);
            case WalException.Unsupported unsupported -> say("REFUSED " + named);
            case WalException.CannotOpen cannotOpen -> say("REFUSED " + named);
            case WalException.CannotRead cannotRead -> say("REFUSED " + named);
            case WalException.Truncated truncated -> say("REFUSED " + named);
            case WalException.TooLarge tooLarge -> say("REFUSED " + named);
            case WalException.Closed closed -> say("REFUSED " + named);
        }
    }

    private static String oneLine(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        String message = String.valueOf(e.getMessage()).replace('\n', ' ');
        return cause == null ? message : message + " <- " + oneLine(cause);
    }

    /** A record that is in the log. */
    void list(Entry entry) {
        lock.lock();
        try {
            RecordId id = entry.id();
            put(Transcript.RECORD
                    + entry.sequence()
                    + ' '
                    + entry.position()
                    + ' '
                    + id.writer()
                    + ' '
                    + id.n()
                    + ' '
                    + id.batchIndex()
                    + ' '
                    + id.batchSize()
                    + ' '
                    + (entry.intact() ? "ok" : "bad"));
        } finally {
            lock.unlock();
        }
    }

    /** Records with consecutive numbers are acknowledged, all at once. */
    void acknowledged(int writer, long firstN, long... positions) {
        long nanos = System.nanoTime();
        lock.lock();
        try {
            for (int i = 0; i < positions.length; i++) {
                put(Transcript.ACKNOWLEDGED + writer + ' ' + (firstN + i) + ' ' + positions[i] + ' ' + nanos);
                highestAcknowledged = Math.max(highestAcknowledged, positions[i]);
            }
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Where the last of the acknowledged records starts; -1 if there is none. */
    long highestAcknowledged() {
        lock.lock();
        try {
            return highestAcknowledged;
        } finally {
            lock.unlock();
        }
    }

    /** Everything that starts before a position is durable. Said only if that is news. */
    void durableTo(long endPosition) {
        lock.lock();
        try {
            if (endPosition <= durableEnd) return;
            durableEnd = endPosition;
            put(Transcript.DURABLE + endPosition);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Everything that starts before a position was read. Said only if that is news. */
    void readTo(long endPosition) {
        lock.lock();
        try {
            if (endPosition <= readEnd) return;
            readEnd = endPosition;
            put(Transcript.READ + endPosition);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** A deed begins now. */
    void begins(Deed deed) {
        say(Transcript.WILL + deed.inWords());
    }

    /** The deed that was announced last has returned. */
    void done(Deed deed, Front front) {
        lock.lock();
        try {
            if (deed instanceof Deed.TruncateAfter(long position)) endAt(position);
            put(Transcript.DID + front.position() + ' ' + front.sequence());
            flush();
        } finally {
            lock.unlock();
        }
    }

    private void endAt(long position) {
        highestAcknowledged = Math.min(highestAcknowledged, position - 1);
        durableEnd = position;
        readEnd = Math.min(readEnd, position);
    }

    private void put(String line) {
        try {
            out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
