package dev.nori.wal.read;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.WalReader;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Copies out what a cursor shows, up to the end for now. */
final class EntryReader implements WalReader {
    private final LogCursor cursor;
    private boolean pending; // it is shown and could not be copied

    EntryReader(LogCursor cursor) {
        this.cursor = cursor;
    }

    @Override
    public @Nullable LogEntry poll() {
        if (!pending && !cursor.next()) return null;
        pending = true;
        LogEntry entry = cursor.entry();
        pending = false;
        return entry;
    }

    @Override
    public Position position() {
        return new Position(pending ? cursor.positionBytes() : cursor.nextPositionBytes());
    }

    @Override
    public Iterator<LogEntry> iterator() {
        return new Ahead(this::poll, "the end of the log, for now");
    }

    @Override
    public void close() {
        cursor.close();
    }
}
