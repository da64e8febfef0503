package dev.nori.wal.read;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.WalTail;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Copies out what a cursor shows, and waits where it shows nothing. */
final class LogTail implements WalTail {
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final LogCursor cursor;
    private final EntryReader reader;

    LogTail(LogCursor cursor) {
        this.cursor = cursor;
        this.reader = new EntryReader(cursor);
    }

    @Override
    public LogEntry take() throws InterruptedException {
        while (true) {
            LogEntry entry = poll(FOREVER);
            if (entry != null) return entry;
        }
    }

    @Override
    public @Nullable LogEntry poll(Duration atMost) throws InterruptedException {
        LogEntry entry = reader.poll();
        if (entry != null) return entry;
        return cursor.await(atMost) ? reader.poll() : null;
    }

    @Override
    public Position position() {
        return reader.position();
    }

    @Override
    public Iterator<LogEntry> iterator() {
        return new Ahead(this::takeUnlessInterrupted, "the thread was interrupted");
    }

    private @Nullable LogEntry takeUnlessInterrupted() {
        try {
            return take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
