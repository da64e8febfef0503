package dev.nori.wal.assembly;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.WalReader;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A reader of a snapshot that tells damage from what was trimmed or cut away since. */
final class GuardedReader implements WalReader {
    private final ReadOnlyWal wal;
    private final Snapshot on;
    private final WalReader reader;

    GuardedReader(ReadOnlyWal wal, Snapshot on, WalReader reader) {
        this.wal = wal;
        this.on = on;
        this.reader = reader;
    }

    @Override
    public @Nullable LogEntry poll() {
        return wal.<@Nullable LogEntry>ask(on, reader::poll);
    }

    @Override
    public Position position() {
        return reader.position();
    }

    @Override
    public Iterator<LogEntry> iterator() {
        return new Iterator<>() {
            private @Nullable LogEntry ahead;

            @Override
            public boolean hasNext() {
                if (ahead == null) ahead = poll();
                return ahead != null;
            }

            @Override
            public LogEntry next() {
                LogEntry entry = hasNext() ? ahead : null;
                if (entry == null) throw new NoSuchElementException("the end of what was seen of the log");
                ahead = null;
                return entry;
            }
        };
    }

    @Override
    public void close() {
        reader.close();
    }
}
