package dev.nori.wal.read;

import dev.nori.wal.LogEntry;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An iterator that fetches one entry ahead, when it is asked whether there is one. */
final class Ahead implements Iterator<LogEntry> {
    private final Supplier<@Nullable LogEntry> source;
    private final String ended;
    private @Nullable LogEntry ahead;

    /**
     * An iterator over what a source supplies, until it supplies null.
     *
     * @param ended what to say to who goes on nevertheless
     */
    Ahead(Supplier<@Nullable LogEntry> source, String ended) {
        this.source = source;
        this.ended = ended;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) ahead = source.get();
        return ahead != null;
    }

    @Override
    public LogEntry next() {
        LogEntry entry = hasNext() ? ahead : null;
        if (entry == null) throw new NoSuchElementException(ended);
        ahead = null;
        return entry;
    }
}
