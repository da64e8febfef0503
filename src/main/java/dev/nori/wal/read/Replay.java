package dev.nori.wal.read;

import dev.nori.wal.EntryView;
import dev.nori.wal.Position;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Shows an extent segment by segment, several at a time: whoever is free takes the next one. */
final class Replay {
    private final Extent extent;
    private final Consumer<? super EntryView> consumer;
    private final long lastId;
    private final AtomicLong nextId;
    private final Team team = new Team();

    Replay(Extent extent, Consumer<? super EntryView> consumer) {
        this.extent = extent;
        this.consumer = consumer;
        this.lastId = extent.ask(now -> now.catalog().floor(extent.end() - 1).segmentId());
        this.nextId = new AtomicLong(extent.firstId());
    }

    /** Shows it all, with so many threads, the calling one among them. */
    void run(int threads) {
        team.hire(threads - 1, "replay", this::work);
        team.attempt(this::work);
        team.finish();
    }

    private void work() {
        try (LogCursor cursor = extent.cursor()) {
            for (long id = nextId.getAndIncrement(); id <= lastId; id = nextId.getAndIncrement()) show(cursor, id);
        }
    }

    private void show(LogCursor cursor, long id) {
        extent.ask(now -> enter(cursor, now, id));
        while (!team.hasFailed() && cursor.next()) consumer.accept(cursor);
    }

    private LogCursor enter(LogCursor cursor, LogSource now, long id) throws IoFailure {
        SegmentHeader segment = now.catalog().get(id);
        if (segment == null) throw Seek.trimmed("segment " + id, now.catalog().first());
        SegmentHeader after = now.catalog().after(segment);
        cursor.until(after == null ? extent.end() : Math.min(extent.end(), after.basePosition()));
        return cursor.moveTo(now, id == extent.firstId() ? extent.from() : new Position(segment.basePosition()));
    }
}
