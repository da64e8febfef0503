package dev.nori.wal.read;

import dev.nori.wal.EntryView;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.WalException;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import java.util.function.Consumer;

/**
 * What a replay shows: from a position to where the log ended when the replay began. Until it is closed none of its segments is trimmed
 * away. It outlives the rooms in which it began, unless some of it is cut away. For any thread.
 */
public final class Extent implements AutoCloseable {
    private final LogSource begun;
    private final SegmentHeader first;
    private final Position from;
    private final long end;
    private volatile LogSource source;

    /** A question about a log whose rooms may be exchanged meanwhile: asked again then. */
    @FunctionalInterface
    interface Question<T> {
        T ask(LogSource now) throws IoFailure;
    }

    private Extent(LogSource source, SegmentHeader pinned, Position from) {
        this.begun = source;
        this.source = source;
        this.first = pinned;
        this.from = from;
        this.end = source.limit(ReadBound.ACKNOWLEDGED);
    }

    /** From the first record that is left. */
    static Extent all(LogSource source) throws IoFailure {
        while (true) {
            SegmentHeader first = source.catalog().first();
            if (source.catalog().pin(first)) return new Extent(source, first, new Position(first.basePosition()));
        }
    }

    /**
     * From a position.
     *
     * @throws IllegalArgumentException if no record starts or ends there
     * @throws WalException.Truncated if the log begins after it
     */
    static Extent from(LogSource source, Position from) throws IoFailure {
        SegmentHeader segment = source.catalog().floor(from.bytes());
        boolean isThere =
                segment.basePosition() <= from.bytes() && source.catalog().pin(segment);
        if (!isThere)
            throw Seek.trimmed("position " + from.bytes(), source.catalog().first());
        Extent extent = new Extent(source, segment, from);
        try {
            new LogCursor(source, ReadBound.ACKNOWLEDGED).at(from).close();
            return extent;
        } catch (RuntimeException | Error e) {
            extent.close();
            throw e;
        }
    }

    // ---- showing it

    /** See {@link dev.nori.wal.Wal#replay(Position, int, Consumer)}. */
    public void replay(int threads, Consumer<? super EntryView> consumer) {
        new Replay(this, consumer).run(threads);
    }

    /** See {@link dev.nori.wal.Wal#replayInOrder(Position, int, Consumer)}. */
    public void replayInOrder(int threads, Consumer<? super LogEntry> consumer) {
        if (threads > 1) new OrderedReplay(this, threads).run(consumer);
        else replay(1, view -> consumer.accept(view.entry()));
    }

    // ---- for those who show it

    /** Where it begins: a record starts or ends there. */
    Position from() {
        return from;
    }

    /** Where it ends. */
    long end() {
        return end;
    }

    /** The segment in which it begins. */
    long firstId() {
        return first.segmentId();
    }

    /** A cursor for it, that is nowhere yet: it shows nothing from the end on, and ends when the extent is cut. */
    LogCursor cursor() {
        return new LogCursor(source(), ReadBound.ACKNOWLEDGED).whole(end);
    }

    /** Asks in the rooms that are in use. */
    <T> T ask(Question<T> question) {
        while (true) {
            LogSource now = source();
            try {
                return Trouble.told(now::checkOpen, () -> question.ask(now));
            } catch (WalException.Corrupt | WalException.CannotRead | IllegalStateException e) {
                if (!now.succession().hasBegun()) throw e; // else it was cut while we read
            }
        }
    }

    /** Throws if some of it was cut away. */
    void check() {
        source();
    }

    /** The rooms that are in use. */
    private LogSource source() {
        LogSource now = source;
        while (now.succession().hasBegun()) {
            Succession.Heir heir = now.succession().await(now);
            if (heir.cut() < end) throw Trouble.told(now::checkOpen, () -> Seek.cutAway(end, heir));
            now = heir.source();
            source = now;
        }
        return now;
    }

    /** Its segments may go. */
    @Override
    public void close() {
        begun.catalog().unpin(first);
    }
}
