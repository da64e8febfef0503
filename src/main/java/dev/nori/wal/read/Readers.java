package dev.nori.wal.read;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalTail;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;

/** The door of the room: every way to read a running log. For any thread. */
public final class Readers {
    private static final int MOST_IDLE = 2 * Runtime.getRuntime().availableProcessors();

    private final LogSource source;
    private final ArrayBlockingQueue<LogCursor> idle = new ArrayBlockingQueue<>(MOST_IDLE); // for single questions

    /** Readers of that log. */
    public Readers(LogSource source) {
        this.source = source;
    }

    /** Where they read. */
    public LogSource source() {
        return source;
    }

    /**
     * Where reading goes on with the record of that position; the start of its batch, if it is the first one there.
     *
     * @throws IllegalArgumentException if no record starts or ends there
     */
    public long resume(Position position) {
        try (LogCursor cursor = new LogCursor(source, ReadBound.ACKNOWLEDGED).at(position)) {
            return cursor.resumeBytes();
        }
    }

    /**
     * Where the frame begins whose first record has that position.
     *
     * @throws IllegalArgumentException if no record starts or ends there, or if it is within a batch
     */
    public long frameStart(Position position) {
        try (LogCursor cursor = new LogCursor(source, ReadBound.ACKNOWLEDGED).at(position)) {
            return cursor.frameStart();
        }
    }

    // ---- walking

    /** See {@link dev.nori.wal.Wal#cursor(Position, ReadBound)}. */
    public WalCursor cursor(Position from, ReadBound bound) {
        return new LogCursor(source, bound).at(from);
    }

    /** See {@link dev.nori.wal.Wal#readFrom(Position, ReadBound)}. */
    public WalReader readFrom(Position from, ReadBound bound) {
        return new EntryReader(new LogCursor(source, bound).at(from));
    }

    /** See {@link dev.nori.wal.Wal#tail(Position, ReadBound)}. */
    public WalTail tail(Position from, ReadBound bound) {
        return new LogTail(new LogCursor(source, bound).at(from));
    }

    /** See {@link dev.nori.wal.Wal#readSegment}. */
    public WalReader readSegment(long id) {
        SegmentInfo segment = ask(() -> Segments.info(source, id));
        LogCursor cursor = new LogCursor(source, ReadBound.ACKNOWLEDGED)
                .until(segment.end().bytes());
        return new EntryReader(cursor.at(segment.base()));
    }

    // ---- single questions

    /** See {@link dev.nori.wal.Wal#read}. */
    public LogEntry read(long sequence) {
        return lookUp(cursor -> {
            if (cursor.atSequence(sequence).next()) return cursor.entry();
            throw Seek.notYet(sequence, sequence);
        });
    }

    /** See {@link dev.nori.wal.Wal#positionOf}. */
    public Position positionOf(long sequence) {
        return lookUp(cursor -> new Position(cursor.atSequence(sequence).nextPositionBytes()));
    }

    /** See {@link dev.nori.wal.Wal#positionAt}. */
    public Position positionAt(Instant time) {
        return lookUp(cursor -> new Position(cursor.atTime(time).nextPositionBytes()));
    }

    /** See {@link dev.nori.wal.Wal#firstSequence}. */
    public long firstSequence() {
        return ask(() -> source.catalog().first().baseSequence());
    }

    /** See {@link dev.nori.wal.Wal#nextSequence}. */
    public long nextSequence() {
        return source.stage().nextSequence();
    }

    /** See {@link dev.nori.wal.Wal#segments}. */
    public List<SegmentInfo> segments() {
        return ask(() -> Segments.all(source));
    }

    // ---- all of it

    /** What is there now, from the first record on; to be closed. */
    public Extent extent() {
        return ask(() -> Extent.all(source));
    }

    /**
     * What is there now from a position on; to be closed.
     *
     * @throws IllegalArgumentException if no record starts or ends there
     */
    public Extent extent(Position from) {
        return ask(() -> Extent.from(source, from));
    }

    // ---- how

    /** Answers a question with a cursor that is kept for the next one. */
    private <T> T lookUp(Function<LogCursor, T> question) {
        LogCursor kept = idle.poll();
        LogCursor cursor = kept == null ? new LogCursor(source, ReadBound.ACKNOWLEDGED) : kept;
        try {
            T answer = question.apply(cursor);
            cursor.rest();
            if (!idle.offer(cursor)) cursor.close();
            return answer;
        } catch (RuntimeException | Error e) {
            cursor.close();
            throw e;
        }
    }

    private <T> T ask(Trouble.Question<T> question) {
        return Trouble.told(source::checkOpen, question);
    }
}
